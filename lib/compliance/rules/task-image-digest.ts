import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';
import { containersOf } from './support/containers';

export const taskImageDigest: ResourceRule = {
  name: 'task-image-digest',
  severity: 'medium',
  statement: 'A task runs exactly the image that was reviewed.',
  fix: 'Name the image by its digest: repository@sha256:….',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge: (task) =>
    about(containersOf(task), ({ name, value }) => {
      const image = value.at('Image');
      // Whatever a parameter gives after these words is a digest, or no image.
      const namesDigest = /^[^@]+@sha256:\$\{\?\}$/.test(image.describe());
      return unless(
        namesDigest || /@sha256:[0-9a-f]{64}$/.test(image.text ?? ''),
        `container ${name} runs ${image.describe()}, which may be another image tomorrow`,
        image,
      );
    }),
};
