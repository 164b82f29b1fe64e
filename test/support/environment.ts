// CDK's own template validation takes seconds to start. It runs in test/nag and test/app, where `review` turns it on.
process.env.CDK_VALIDATION = 'false';

// Where in the code each resource was made is for whoever deploys; it takes a tenth of the time of all tests.
process.env.CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:disable-creation-stack-traces': true });

// Handlers log as they do in Lambda; a test that reads the log turns it on.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

// The SDK says on every load that it will drop Node 20 one day. Lambda runs the handlers on Node 24.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
