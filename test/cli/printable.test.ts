import { printable } from '../../lib/cli/printable';

test.each([
  ['an escape', 'a\u001b[31mb', 'a\\x1b[31mb'],
  ['a carriage return, which writes over the line', 'safe\rrm', 'safe\\x0drm'],
  ['a control character of the second kind', '\u009b2J', '\\x9b2J'],
  ['a change of direction', 'x\u202ey\u2066z', 'x\\u202ey\\u2066z'],
  ['a separator of lines', 'x\u2028y', 'x\\u2028y'],
])('%s is written out', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('tabs, letters of any script and pictures stay', () => {
  const text = 'Straße\tпривет שלום 🛒';
  expect(printable(text)).toBe(text);
});
