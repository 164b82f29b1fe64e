import { App } from 'aws-cdk-lib';
import { buildStores } from 'cdk-commerce-baseline/app';
import acme from '../config/acme';

buildStores(new App(), { acme });
