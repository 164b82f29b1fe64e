import { Problems } from '../../lib/core/errors';
import { type DatabaseWindows, requireWindows } from '../../lib/data/database-windows';

function codesOf(windows: DatabaseWindows): readonly string[] {
  const problems = new Problems('Test');
  requireWindows(problems, windows);
  try {
    problems.throwIfAny();
    return [];
  } catch (error) {
    return (error as { codes: readonly string[] }).codes;
  }
}

test.each([
  {},
  { backupWindow: '18:00-18:30' },
  { backupWindow: '23:45-00:15' },
  { maintenanceWindow: 'sun:23:45-mon:00:15' },
  { maintenanceWindow: 'Sun:02:00-Sun:02:30' },
  { backupWindow: '18:00-19:00', maintenanceWindow: 'sun:19:00-sun:20:00' },
])('%j is taken', (windows) => {
  expect(codesOf(windows)).toEqual([]);
});

test.each(['18:00', '18:00-18:29', '18:00-18:00', '24:00-24:30', '18:60-19:30', 'sun:18:00-sun:19:00', ''])(
  'the backup window %j is refused',
  (backupWindow) => {
    expect(codesOf({ backupWindow })).toEqual(['BackupWindowInvalid']);
  },
);

test.each(['sun:19:30', 'son:19:30-son:20:30', 'sun:19:30-sun:19:45', '19:30-20:30', 'sun:25:00-sun:26:00'])(
  'the maintenance window %j is refused',
  (maintenanceWindow) => {
    expect(codesOf({ maintenanceWindow })).toEqual(['MaintenanceWindowInvalid']);
  },
);

test.each([
  ['18:00-19:00', 'wed:18:30-wed:19:30'],
  ['18:00-19:00', 'wed:17:30-wed:18:30'],
  ['18:00-19:00', 'wed:18:15-wed:18:45'],
  ['18:15-18:45', 'wed:18:00-wed:19:00'],
  ['23:30-00:30', 'mon:00:00-mon:01:00'],
  ['00:00-00:30', 'sun:23:30-mon:00:30'],
  ['18:00-19:00', 'tue:20:00-thu:20:00'],
])('a backup at %s and maintenance at %s collide', (backupWindow, maintenanceWindow) => {
  expect(codesOf({ backupWindow, maintenanceWindow })).toEqual(['DatabaseWindowsOverlap']);
});
