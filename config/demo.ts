import { Application, Dns, LoginMethod, ProcessKind } from '../lib';
import { defineStore } from '../lib/app';

/** A store to look at: it synthesises on any machine, without an account. The account and the zone are examples. */
export default defineStore({
  id: 'demo',
  environment: 'production',
  name: 'Demo Shop',
  tier: 'standard',
  dns: Dns.route53({
    hosts: ['shop.acme.example', 'www.acme.example'],
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName: 'acme.example',
  }),
  workload: { account: '111122223333', region: 'ap-southeast-1' },
  offsite: { region: 'ap-northeast-1' },
  application: Application.container({
    // node:24-alpine of Docker's official images.
    image: 'public.ecr.aws/docker/library/node@sha256:d32cdf619f63fe0471182d08996dd516c6275bb5fd31ae06e55a570bd9e1ad43',
    processes: [
      {
        id: 'Server',
        kind: ProcessKind.SERVER,
        command: [
          'node',
          '-e',
          "require('node:http').createServer((_, answer) => answer.end('Open soon')).listen(8080)",
        ],
      },
    ],
    port: 8080,
    database: { login: LoginMethod.IAM },
    media: { path: '/media' },
  }),
  administrators: ['arn:aws:iam::111122223333:role/platform'],
  contacts: { security: 'security@acme.example' },
});
