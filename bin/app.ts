import { App } from 'aws-cdk-lib';
import demo from '../config/demo';
import medusa from '../config/medusa';
import staging from '../config/staging';
import woocommerce from '../config/woocommerce';
import { buildStores } from '../lib/app';

buildStores(new App(), { demo, medusa, staging, woocommerce });
