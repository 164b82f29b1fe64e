const { App, Stack } = require('aws-cdk-lib');
const { ObjectStore } = require('cdk-commerce-baseline');

new ObjectStore(new Stack(new App(), 'Media'), 'Pictures');
