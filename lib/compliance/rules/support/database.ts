import { type GraphResource } from '../../template-graph/graph-resource';

/** Types that a relational database is made of. */
export const DATABASES: readonly string[] = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'];

/** Whether it holds a database of its own: an instance of a cluster takes everything from the cluster. */
export function isDatabase(resource: GraphResource): boolean {
  return resource.type === 'AWS::RDS::DBCluster' || !resource.at('DBClusterIdentifier').isPresent;
}
