import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

/** A rule of a web ACL. */
export interface WebAclRule {
  readonly name: string;
  readonly value: Value;
}

/** The rules of a web ACL. */
export function webAclRules(acl: GraphResource): readonly WebAclRule[] {
  return acl.at('Rules').items.map((value) => ({ name: value.at('Name').describe(), value }));
}
