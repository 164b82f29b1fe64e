import { Duration } from 'aws-cdk-lib';
import { DatabaseProxy } from '../../lib';
import { refusal } from '../support/refusal';

test.each([0, 101, 50.5, -1])('a share of %d per cent is refused', (maxConnectionsPercent) => {
  expect(() => DatabaseProxy.withIam({ maxConnectionsPercent })).toThrow(
    refusal(
      ['MaxConnectionsPercentOutOfRange'],
      `maxConnectionsPercent is ${maxConnectionsPercent}; it must be a whole`,
    ),
  );
});

test.each([Duration.seconds(59), Duration.hours(9)])('a timeout of %s is refused', (idleClientTimeout) => {
  expect(() => DatabaseProxy.withIam({ idleClientTimeout })).toThrow(
    refusal(['IdleClientTimeoutOutOfRange'], 'be from 1 minute to 8 hours'),
  );
});
