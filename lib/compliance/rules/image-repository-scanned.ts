import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const imageRepositoryScanned: ResourceRule = {
  name: 'image-repository-scanned',
  severity: 'medium',
  statement: 'Images are searched for known holes when they arrive.',
  fix: 'Turn scanning on push on.',
  appliesTo: ['AWS::ECR::Repository'],
  judge: property(['ImageScanningConfiguration', 'ScanOnPush'], isTrue, 'nothing searches its images'),
};
