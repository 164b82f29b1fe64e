import { countOf, numberOf, refersTo } from '../../lib/pricing/template';

test.each([
  [undefined, 3],
  [5, 5],
  ['512', 512],
])('%j is the number %d', (value, expected) => {
  expect(numberOf(value, 3)).toBe(expected);
});

test.each([[{ Ref: 'Count' }], [''], ['many'], [{ 'Fn::If': ['Big', 4, 2] }], [null], [true]])(
  '%j is no number, and none is made of it',
  (value) => {
    expect(numberOf(value, 3)).toBeUndefined();
  },
);

test.each([
  [undefined, 0],
  [['a', { Ref: 'B' }], 2],
])('%j has %d entries', (value, expected) => {
  expect(countOf(value)).toBe(expected);
});

test.each([[{ Ref: 'Subnets' }], [['a', { 'Fn::If': ['Third', 'b', { Ref: 'AWS::NoValue' }] }]], ['a,b']])(
  'nobody can count the entries of %j',
  (value) => {
    expect(countOf(value)).toBeUndefined();
  },
);

test('a text may refer to a resource by Ref, by GetAtt and in a Sub, but not to one whose name begins as its own', () => {
  const shop = { logicalId: 'Shop', type: 'AWS::ECS::Service', properties: {} };
  const texts = [{ Ref: 'Shop' }, { 'Fn::GetAtt': ['Shop', 'Name'] }, { 'Fn::Sub': 'service/${Shop.Name}' }];
  expect(texts.map((text) => refersTo(text, shop))).toEqual([true, true, true]);
  expect(refersTo({ Ref: 'ShopWorker' }, shop)).toBe(false);
  expect(refersTo({ 'Fn::Sub': '${ShopWorker.Name}' }, shop)).toBe(false);
  expect(refersTo(undefined, shop)).toBe(false);
});
