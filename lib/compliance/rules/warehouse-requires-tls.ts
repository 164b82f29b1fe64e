import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { undecidable, unless } from '../verdict';

export const warehouseRequiresTls: ResourceRule = {
  name: 'warehouse-requires-tls',
  severity: 'high',
  statement: 'A warehouse refuses connections without TLS.',
  fix: 'Give it a parameter group with require_ssl true.',
  appliesTo: ['AWS::Redshift::Cluster'],
  judge: (warehouse, graph) => {
    const name = warehouse.at('ClusterParameterGroupName');
    const group =
      name.reference?.resource ??
      graph
        .resources('AWS::Redshift::ClusterParameterGroup')
        .find(
          (each) =>
            name.isPresent &&
            each.at('ParameterGroupName').isPresent &&
            each.at('ParameterGroupName').plain === name.text,
        );
    const parameters = group?.at('Parameters').items ?? [];
    const required = some(
      parameters,
      (each) => each.at('ParameterName').is('require_ssl') && each.at('ParameterValue').isTrue,
    );
    return group === undefined && name.isPresent
      ? undecidable('its parameter group is not in the app', name)
      : unless(required, 'no parameter requires TLS', name);
  },
};
