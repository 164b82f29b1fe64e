import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { customResource } from '../../core/handlers/custom-resource';
import { inspectorScanning } from './inspector-scanning';

export const handler = customResource(inspectorScanning(new Inspector2Client({ maxAttempts: 8 })));
