export { AlertHeartbeat, AlertHeartbeatProps } from './alert-heartbeat';
export { MonthlyCost, MonthlyCostItem } from './monthly-cost';
export { OrdersMetric } from './orders-metric';
export { SpendAnomalies } from './spend-anomalies';
export { SpendChoices, SpendGuard, SpendGuardProps } from './spend-guard';
export { SpendScope } from './spend-scope';
export { StoreDashboard, StoreDashboardProps } from './store-dashboard';
