export { CommerceBaselineChecks } from './commerce-baseline-checks';
export { PciDss401Checks } from './pci-dss-401-checks';
export { StatefulGuard, type StatefulGuardProps } from './guard/stateful-guard';
