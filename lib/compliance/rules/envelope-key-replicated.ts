import { DATA_CLASS_TAG } from '../../core/tag-names';
import { type DataClass } from '../../core/tags';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { notApplicable, objection, unless } from '../verdict';

/** The value of the tag on a key under which the shop's own code wraps the keys of single fields. */
const ENVELOPE: `${DataClass.APPLICATION}` = 'application';

/**
 * The mistakes are a store's keys in a stack of somebody's own, with no replica beside them; and a key that is marked as
 * the envelope but made for one Region, which nothing can change later.
 */
export const envelopeKeyReplicated: ResourceRule = {
  name: 'envelope-key-replicated',
  severity: 'medium',
  statement: 'What the shop encrypts field by field can be decrypted in a second Region.',
  fix: 'Create the key as a multi-Region key, which it cannot become later, and a replica of it in another Region.',
  appliesTo: ['AWS::KMS::Key'],
  judge: (key, graph) => {
    const isEnvelope = some(
      key.at('Tags').items,
      (tag) => tag.at('Key').is(DATA_CLASS_TAG) && tag.at('Value').is(ENVELOPE),
    );
    if (!isEnvelope) {
      return notApplicable();
    }
    const multiRegion = key.at('MultiRegion');
    return multiRegion.isTrue
      ? unless(graph.referrers(key, 'AWS::KMS::ReplicaKey', 'PrimaryKeyArn').length > 0, 'no replica is made of it')
      : objection('it is a key of one Region', multiRegion);
  },
};
