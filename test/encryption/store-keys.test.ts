import { DataClass, StoreKeys } from '../../lib';
import { templateOf } from '../support/stack';

test('has one key for each kind of data', () => {
  const template = templateOf((stack) => new StoreKeys(stack, 'Keys'));
  const keys = Object.values(template.findResources('AWS::KMS::Key')) as {
    Properties: { Tags: { Value: string }[] };
  }[];
  expect(keys.map(({ Properties }) => Properties.Tags[0]?.Value).sort()).toEqual(Object.values(DataClass).sort());
});
