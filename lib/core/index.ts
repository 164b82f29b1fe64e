export { IAlertTopics } from './alerts';
export { BackedUpKind } from './backed-up';
export { FileVolume } from './file-volume';
export { StoreEnvironment, StoreIdentity } from './identity';
export { LogStore, LogStoreProps } from './log-store';
export { PaymentIntegration, SelfAssessment } from './payment-integration';
export { DataClass } from './tags';
export { Waiver, WaiverOptions } from './waiver';
export { IWorkload } from './workload';
