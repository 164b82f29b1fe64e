export { CommerceBaselineChecks } from './commerce-baseline-checks';
export { StatefulGuard, type StatefulGuardProps } from './guard/stateful-guard';
