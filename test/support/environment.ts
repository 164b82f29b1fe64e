// CDK's own template validation takes seconds to start. It runs in test/nag and test/app, where `review` turns it on.
process.env.CDK_VALIDATION = 'false';

// Handlers log as they do in Lambda; a test that reads the log turns it on.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
