export { ChangeWindow } from './change-window';
export { CriticalFix, CriticalFixOptions, Freeze } from './freeze';
export { PatchCalendar, PatchCalendarProps, PatchKind } from './patch-calendar';
export { PatchCalendarChoices, PatchWindows } from './patching-choices';
