import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

/** Where types keep their tags that do not keep them in `Tags`. */
const PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupPlan': 'BackupPlanTags',
  'AWS::Backup::BackupVault': 'BackupVaultTags',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'BackupVaultTags',
  'AWS::Cognito::UserPool': 'UserPoolTags',
  'AWS::EFS::FileSystem': 'FileSystemTags',
};

/** The tags of `resource`: a list, or a map of names. */
export function tagsOf(resource: GraphResource): Value {
  return settingsOf(resource).at(PROPERTIES[resource.type] ?? 'Tags');
}

/** The properties of `resource`; of a global table, those of its replica in the Region of the stack. */
export function settingsOf(resource: GraphResource): Value {
  const { type, stack } = resource;
  const replica =
    type === 'AWS::DynamoDB::GlobalTable'
      ? resource.at('Replicas').items.find((each) => each.at('Region').text === stack.region)
      : undefined;
  return replica ?? resource.at();
}
