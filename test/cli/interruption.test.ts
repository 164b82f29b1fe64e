import { EventEmitter } from 'node:events';
import { interruption } from '../../lib/cli/interruption';

test.each(['SIGINT', 'SIGTERM'])('%s is a wish, the second time it is left to Node.js', (signal) => {
  const process = new EventEmitter();
  const { signal: wish } = interruption(process as unknown as NodeJS.Process);
  expect(wish.aborted).toBe(false);
  expect(process.emit(signal)).toBe(true);
  expect(wish.aborted).toBe(true);
  expect(process.emit(signal)).toBe(false);
});

test('once forgotten, signals are left to Node.js', () => {
  const process = new EventEmitter();
  interruption(process as unknown as NodeJS.Process).forget();
  expect(process.emit('SIGINT')).toBe(false);
});
