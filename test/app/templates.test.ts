import { type DefinedStore } from '../../lib/app';
import demo from '../../config/demo';
import medusa from '../../config/medusa';
import { appOf } from '../support/stores';

/** The templates of a store's stacks, with what changes whenever a bundled library does left out. */
function templatesOf(store: DefinedStore): [string, string][] {
  const { stacks } = appOf({ store }).synth();
  return stacks.map(({ stackName, template }) => [
    stackName,
    JSON.stringify(template, undefined, 2).replace(/[0-9a-f]{64}|(?<="Code": ")[0-9a-f]{16}/g, '<digest>'),
  ]);
}

// Whoever changes a template sees what it does to a store that somebody has deployed: a resource that is replaced, a
// right that is added. "npx jest test/app/templates -u" accepts it.
test.each([...templatesOf(demo), ...templatesOf(medusa)])(
  'the template of %s is the one that was last accepted',
  (_, template) => {
    expect(template).toMatchSnapshot();
  },
);
