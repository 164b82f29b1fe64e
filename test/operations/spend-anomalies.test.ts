import { Match } from 'aws-cdk-lib/assertions';
import { SpendAnomalies } from '../../lib';
import { templateOf } from '../support/stack';

test('makes the one monitor of services that an account may have', () => {
  const template = templateOf((stack) => void SpendAnomalies.ofServices()._monitorArn(stack));
  template.hasResourceProperties('AWS::CE::AnomalyMonitor', {
    MonitorType: 'DIMENSIONAL',
    MonitorDimension: 'SERVICE',
    MonitorSpecification: Match.absent(),
  });
});

test('makes a monitor of what carries a tag', () => {
  const template = templateOf((stack) => void SpendAnomalies.ofTag('project', 'shop')._monitorArn(stack));
  template.hasResourceProperties('AWS::CE::AnomalyMonitor', {
    MonitorType: 'CUSTOM',
    MonitorDimension: Match.absent(),
    MonitorSpecification: '{"Tags":{"Key":"project","Values":["shop"],"MatchOptions":["EQUALS"]}}',
  });
});

test('takes a monitor that exists, and makes none', () => {
  const template = templateOf((stack) => {
    expect(SpendAnomalies.ofMonitor('arn:aws:ce::1:anomalymonitor/a')._monitorArn(stack)).toMatch(/monitor\/a$/);
  });
  template.resourceCountIs('AWS::CE::AnomalyMonitor', 0);
});
