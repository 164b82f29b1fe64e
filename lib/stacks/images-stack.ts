import type { Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { ShopImage } from '../compute/shop-image';
import type { Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';
import type { FindingLimits } from '../patching/finding-limits';
import type { FindingsAge } from '../patching/findings-age';
import { requireImageTest, type ImageBuildChoices } from '../patching/image-build-choices';
import { PatchedImagePipeline } from '../patching/patched-image-pipeline';
import type { PatchingChoices } from '../patching/patching-choices';
import type { DataStack } from './data-stack';
import type { FoundationStack } from './foundation-stack';
import { isOwnImage } from './image-source';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What is built, and until then runs. */
export interface ImagesStackProps extends StoreStackProps {
  /** Keys, logs, alerts, and the calendar. */
  readonly foundation: FoundationStack;

  /** Its repository is where images go. */
  readonly data: DataStack;

  /** What is built, and how it is tested. */
  readonly imageBuild: ImageBuildChoices;

  /** Digest of the image in that repository that runs until the first promotion. */
  readonly initialDigest: string;

  /**
   * How old a finding in an image may be.
   *
   * @default - 7 days for critical ones, 30 for high ones
   */
  readonly limits?: FindingLimits;

  /**
   * What knows how old a vulnerability is, also where Inspector tells of it no more.
   *
   * @default - a vulnerability is as old as in the oldest image of the repository that Inspector still scans
   */
  readonly findings?: FindingsAge;
}

/** Builds the image of the shop again each week. It is deployed before the shop, which reads what it promoted. */
export class ImagesStack extends StoreStack {
  private readonly props: ImagesStackProps;
  private created?: PatchedImagePipeline;

  public constructor(scope: Construct, id: string, props: ImagesStackProps) {
    super(scope, id, props, { role: 'images', description: 'What builds the image of the shop', stateful: true });
    this.props = props;
  }

  /** What builds, judges and rolls out, as soon as a shop runs what it promotes. */
  public get pipeline(): PatchedImagePipeline | undefined {
    return this.created;
  }

  /**
   * The image that was promoted last. From now on, the pipeline updates the stack that runs it: ask once.
   *
   * @param shop the stack that runs it
   */
  public promotedFor(shop: Stack): ShopImage {
    const { foundation, data, imageBuild, initialDigest, limits, findings } = this.props;
    const { keys, alerts, logs, patchCalendar } = foundation;
    const { source, dockerfile, test, baseRepositories = [] } = imageBuild;
    const { repository } = data.images;
    this.created = new PatchedImagePipeline(this, 'Pipeline', {
      ...{ source, dockerfile, test, repository, initialDigest, shop, limits, findings, alerts },
      bases: baseRepositories.map((name) => Repository.fromRepositoryName(this, `Base-${name}`, name)),
      calendar: patchCalendar,
      evidence: logs,
      key: keys.logs,
    });
    return ShopImage.fromPromotion(repository, this.created.promotedParameterName);
  }
}

/** What a store would run that builds its image. */
export interface BuiltImage {
  readonly image: string;
  readonly architecture?: CpuArchitecture;
  readonly patching?: PatchingChoices;
  readonly disposable?: Waiver;
}

/** Refuses to build an image that the store would not run, or that nobody scans. */
export function requireImageBuild(problems: Problems, store: BuiltImage): void {
  const { image, architecture = CpuArchitecture.ARM64, patching = {}, disposable } = store;
  if (patching.imageBuild === undefined) {
    return;
  }
  requireImageTest(problems.at('patching.imageBuild'), patching.imageBuild.test);
  problems.require(isOwnImage(image), {
    code: 'ImageBuiltElsewhere',
    property: 'application.image',
    value: image,
    bound: "be a digest by itself beside patching.imageBuild: the first image of the store's own repository",
    remedy: 'Push an image there once, and write the digest that the push printed: sha256:…',
  });
  problems.require(architecture === CpuArchitecture.ARM64, {
    code: 'ImageOfOtherArchitecture',
    property: 'service.architecture',
    value: 'X86_64',
    bound: 'be ARM64 beside patching.imageBuild, which builds for no other',
    remedy: 'Leave it out, or build the image elsewhere and leave out patching.imageBuild.',
  });
  const isScanned = patching.inspector?._off === undefined && disposable === undefined;
  problems.require(isScanned, {
    code: 'ImageUnscanned',
    property: 'patching.imageBuild',
    value: disposable === undefined ? 'beside InspectorUse.off' : 'in a disposable store',
    bound: 'stand where Amazon Inspector scans: without a scan nothing is promoted',
    remedy: 'Have Inspector scan, or leave out patching.imageBuild.',
  });
}
