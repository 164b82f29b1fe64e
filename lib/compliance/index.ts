export { CommerceBaselineChecks } from './commerce-baseline-checks';
export { PciDss401Checks } from './pci-dss-401-checks';
