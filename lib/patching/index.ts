export { ChangeWindow } from './change-window';
export { CriticalFix, CriticalFixOptions, Freeze } from './freeze';
export { FindingLimits } from './finding-limits';
export { FindingsAge, FindingsAgeProps } from './findings-age';
export { HealthEvents, HealthEventsProps } from './health-events';
export { InspectorScanning, InspectorScanningProps } from './inspector-scanning';
export { PatchCalendar, PatchKind } from './patch-calendar';
export { PatchCalendarProps, PatchWindows } from './patching-choices';
