import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const imageRepositoryScanned: ResourceRule = {
  name: 'image-repository-scanned',
  severity: 'medium',
  statement: 'Images are searched for known holes when they arrive.',
  fix: 'Turn scanning on push on.',
  appliesTo: ['AWS::ECR::Repository'],
  judge: (repository) => {
    const scan = repository.at('ImageScanningConfiguration', 'ScanOnPush');
    return unless(scan.isTrue, 'nothing searches its images', scan);
  },
};
