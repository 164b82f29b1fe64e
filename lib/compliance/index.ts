export { CommerceBaselineChecks } from './commerce-baseline-checks';
