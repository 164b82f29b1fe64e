import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, unless } from '../verdict';

const TYPES = ['api', 'audit', 'authenticator'];

export const clusterLogs: ResourceRule = {
  name: 'cluster-logs',
  severity: 'medium',
  statement: 'A Kubernetes cluster writes down who asked its API for what.',
  fix: 'Enable the log types api, audit and authenticator.',
  appliesTo: ['AWS::EKS::Cluster'],
  judge: (cluster) => {
    const types = cluster.at('Logging', 'ClusterLogging', 'EnabledTypes');
    return about(TYPES, (type) =>
      unless(
        some(types.items, (each) => each.at('Type').is(type)),
        `its log ${type} is off`,
        types,
      ),
    );
  },
};
