import { Size } from 'aws-cdk-lib';
import { CacheTopology, type ReplicatedCacheOptions, type ServerlessCacheOptions } from '../../lib';
import { refusal } from '../support/refusal';

test.each<[ReplicatedCacheOptions, string, string]>([
  [{ nodeType: 't4g.small' }, 'CacheNodeTypeInvalid', 'Write cache.t4g.small'],
  [{ replicas: 0 }, 'CacheReplicasOutOfRange', 'without a replica nobody takes over'],
  [{ replicas: 6 }, 'CacheReplicasOutOfRange', 'from 1 to 5'],
  [{ replicas: 1.5 }, 'CacheReplicasOutOfRange', 'from 1 to 5'],
  [{ engineVersion: '8' }, 'CacheVersionInvalid', 'a major and a minor version'],
  [{ engineVersion: '7.2' }, 'CacheVersionInvalid', '8.0 or later'],
  [{ engineVersion: '8.2.1' }, 'CacheVersionInvalid', 'patches come by themselves'],
  [{ maintenanceWindow: '03:00-04:00' }, 'CacheWindowInvalid', 'Write sun:03:00-sun:04:00'],
  [{ maintenanceWindow: 'sun:24:00-mon:01:00' }, 'CacheWindowInvalid', 'in UTC'],
])('a replicated cache with %j is refused', (options, code, text) => {
  expect(() => CacheTopology.replicated(options)).toThrow(refusal([code], text));
});

test.each<[ServerlessCacheOptions, string]>([
  [{ maxStorage: Size.mebibytes(100) }, 'Write Size.gibibytes(5)'],
  [{ maxStorage: Size.gibibytes(5001) }, '1 to 5,000 whole gibibytes'],
  [{ maxProcessingUnits: 999 }, 'from 1,000 to 15,000,000'],
  [{ maxProcessingUnits: 1000.5 }, 'a whole number'],
])('a serverless cache with %j is refused', (options, text) => {
  expect(() => CacheTopology.serverless(options)).toThrow(refusal(['CacheLimitOutOfRange'], text));
});

test('everything wrong is told at once', () => {
  expect(() => CacheTopology.replicated({ replicas: 9, engineVersion: 'latest' })).toThrow(
    refusal(['CacheReplicasOutOfRange', 'CacheVersionInvalid'], 'replicas is 9'),
  );
});
