import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Application, BuildSource, InspectorUse, Waiver, type CommerceStore } from '../../lib';
import { buildStores, RULE_PACK_NAMES, stagingOf, type DefinedStore, type StoreConfig } from '../../lib/app';
import { lines, reviewApp } from '../support/review';
import { TODAY } from '../support/stack';
import { DIFFERENCES, DISPOSABLE } from '../support/staging';
import { BARE, DIGEST, expectRefusal, storeOf } from '../support/stores';

const imageBuild = {
  source: BuildSource.connection({
    connectionArn: 'arn:aws:codeconnections:eu-central-1:111122223333:connection/0123abcd',
    url: 'https://github.com/acme/shop',
  }),
  test: ['node', 'smoke.js'],
  baseRepositories: ['bases/node'],
};

const CHANGES: Partial<StoreConfig> = {
  application: Application.medusa({ image: DIGEST }),
  patching: { imageBuild, limits: { criticalDays: 3 } },
};

const built = (store: DefinedStore): CommerceStore =>
  buildStores(new App({ context: TODAY, analyticsReporting: false }), { store }).store;

describe('a store whose image is built here', () => {
  const store = built(storeOf({ ...CHANGES, packs: [] }));
  const images = Template.fromStack(store.images!);
  const application = Template.fromStack(store.application);

  test('runs what was promoted, in every process, and names no digest itself', () => {
    const [[logicalId, parameter]] = Object.entries(
      application.findParameters('*', {
        Type: 'AWS::SSM::Parameter::Value<String>',
        Default: Match.stringLikeRegexp('images'),
      }),
    );
    expect((parameter as { Default: string }).Default).toBe(store.images?.pipeline?.promotedParameterName);
    const definitions = Object.values(application.findResources('AWS::ECS::TaskDefinition'));
    const promoted = definitions.filter((each) => JSON.stringify(each).includes(`{"Ref":"${logicalId}"}`));
    expect(definitions.length).toBeGreaterThan(1);
    expect(promoted).toHaveLength(definitions.length);
    expect(JSON.stringify(application.toJSON())).not.toContain(DIGEST);
  });

  test('begins with the digest of the configuration, in a parameter that stays', () => {
    images.hasResource('AWS::SSM::Parameter', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        Name: store.images?.pipeline?.promotedParameterName,
        Value: DIGEST.replace('sha256:', ''),
      }),
    });
  });

  test('is built before the shop, and updates the stack of the shop alone', () => {
    expect(store.application.dependencies).toContain(store.images);
    const policies =
      JSON.stringify(images.findResources('AWS::IAM::ManagedPolicy')) +
      JSON.stringify(images.findResources('AWS::IAM::Role'));
    expect([...policies.matchAll(/:stack\/([\w-]+\/\*)/g)].map(([, stack]) => stack)).toEqual([
      'acme-production-application/*',
    ]);
  });

  test('has the keys of the store, and tells its people', () => {
    images.resourceCountIs('AWS::KMS::Key', 0);
    images.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [Match.anyValue()] });
  });

  test('judges findings by the limits and the ledger of the store, in its window, and for its bases', () => {
    const LEDGER_KEY = 'patching/findings/acme-production/ledger.json';
    images.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ CRITICAL_DAYS: '3', HIGH_DAYS: '30', LEDGER_KEY }) },
    });
    expect(store.images?.dependencies).not.toContain(store.recovery);
    images.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    images.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ detail: Match.objectLike({ 'repository-name': ['bases/node'] }) }),
    });
  });
});

test('a store that says nothing of it has no such stack', () => {
  expect(built(storeOf({ packs: [] })).images).toBeUndefined();
});

test('has no unexplained finding with any engine', () => {
  const store = storeOf({ ...CHANGES, packs: RULE_PACK_NAMES });
  const review = reviewApp((app) => buildStores(app, { store }), { builtinValidation: true });
  expect(lines(review)).toEqual([]);
});

test('is rehearsed with its own build, unless the rehearsal goes again', () => {
  const production = storeOf(CHANGES);
  const { dns } = DIFFERENCES;
  expect(stagingOf(production, { dns }).patching?.imageBuild).toBe(imageBuild);
  expect(stagingOf(production, { dns, disposable: DISPOSABLE }).patching?.imageBuild).toBeUndefined();
});

test('is refused where the store would not run what is built, or nobody scans it', () => {
  expectRefusal(
    { patching: { imageBuild } },
    `application.image is "${BARE.application.image}"; it must be a digest by itself beside patching.imageBuild: the first image of the store's own repository. Push an image there once, and write the digest that the push printed: sha256:… [ImageBuiltElsewhere]`,
  );
  const waiver = Waiver.because('Another scanner looks', { owner: 'platform@acme.example' });
  expectRefusal(
    {
      ...CHANGES,
      service: { architecture: CpuArchitecture.X86_64 },
      patching: { imageBuild: { ...imageBuild, test: [] }, inspector: InspectorUse.off(waiver) },
    },
    `patching.imageBuild.test is []; it must be a command: an image that nobody tried is not promoted. Write what shows that the image works: ['node', 'smoke.js']. [TestMissing]`,
    'service.architecture is "X86_64"; it must be ARM64 beside patching.imageBuild, which builds for no other. Leave it out, or build the image elsewhere and leave out patching.imageBuild. [ImageOfOtherArchitecture]',
    'patching.imageBuild is "beside InspectorUse.off"; it must stand where Amazon Inspector scans: without a scan nothing is promoted. Have Inspector scan, or leave out patching.imageBuild. [ImageUnscanned]',
  );
});
