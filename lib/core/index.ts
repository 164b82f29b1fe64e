export { IAlertTopics } from './alerts';
export { BackedUpKind } from './backed-up';
export { FileVolume } from './file-volume';
export { StoreEnvironment, StoreIdentity } from './identity';
export { LogStore, LogStoreProps } from './log-store';
export { DataClass } from './tags';
export { Waiver, WaiverOptions } from './waiver';
export { Weekday } from './weekday';
export { IWorkload } from './workload';
