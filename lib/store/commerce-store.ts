import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Application } from '../application/application';
import { Problems } from '../core/errors';
import { StoreEnvironment } from '../core/identity';
import { statePayments, stateStore } from '../core/store-metadata';
import type { Mail } from '../messaging/mail';
import { Egress } from '../network/egress';
import { mergedDestinations, type EgressDestination } from '../network/egress-destination';
import { requireEndpoints } from '../network/egress-reach';
import type { IEgress } from '../network/egress-ref';
import { ApplicationStack } from '../stacks/application-stack';
import { DataStack } from '../stacks/data-stack';
import { DatabaseAccessStack } from '../stacks/database-access-stack';
import { EdgeGlobalStack } from '../stacks/edge-global-stack';
import { EdgeTelemetryStack } from '../stacks/edge-telemetry-stack';
import { requireReachableImage } from '../stacks/image-source';
import { ImagesStack, requireImageBuild } from '../stacks/images-stack';
import { FoundationStack } from '../stacks/foundation-stack';
import { MailStack, requireMailDns } from '../stacks/mail-stack';
import { OffsiteKeysStack } from '../stacks/offsite-keys-stack';
import { OffsiteVaultStack } from '../stacks/offsite-vault-stack';
import { RecoveryStack } from '../stacks/recovery-stack';
import { PUBLIC_REGISTRY } from '../stacks/shop-images';
import { mailDestinations, requireReachableMail } from '../stacks/shop-mail';
import { requireStaging, requireStagingChoices } from '../stacks/staging-choices';
import type { StoreStackProps } from '../stacks/store-stack';
import type { CommerceAccount } from './commerce-account';
import type { CommerceStoreProps } from './commerce-store-props';

/**
 * A store, from the browser's TLS to an encrypted database: nine stacks in two or three Regions, at the top level of
 * the app, so that `cdk deploy --all` sees them. Wrap it in a Stage for a pipeline.
 *
 * Only wiring: whatever is here can be had from the constructs of this library alone. The stacks are exposed for
 * whoever adds to them.
 */
export class CommerceStore extends Construct {
  /**
   * Where a shop calls by itself, and where its public images come from: what every egress has to let through. A domain
   * that is named more than once stands there once, for all of its purposes.
   *
   * @param application the shop
   * @param further what else it calls
   * @param mail how it sends mail
   */
  public static destinations(
    application: Application,
    further: EgressDestination[] = [],
    mail?: Mail,
  ): EgressDestination[] {
    return mergedDestinations([...PUBLIC_REGISTRY, ...application.outbound, ...mailDestinations(mail), ...further]);
  }

  /** In us-east-1: viewer certificate, firewall. */
  public readonly edge: EdgeGlobalStack;
  /** Keys, network, logs, alerts. */
  public readonly foundation: FoundationStack;
  /** In the off-site Region: the replica of the application's key. */
  public readonly offsiteKeys: OffsiteKeysStack;
  /** Database, pictures, images. */
  public readonly data: DataStack;
  /** In the off-site Region and, where one is named, account: the vault for copies of backups. */
  public readonly offsiteVault?: OffsiteVaultStack;
  /** Backups and their plan. A disposable store has none. */
  public readonly recovery?: RecoveryStack;
  /** Logins, cache, secrets. */
  public readonly access: DatabaseAccessStack;
  /** The shop as a sender, where it sends through SES. */
  public readonly mail?: MailStack;
  /** What builds the image of the shop, where that was chosen. */
  public readonly images?: ImagesStack;
  /** The shop and its distribution. */
  public readonly application: ApplicationStack;
  /** In us-east-1: access logs and alarms of the distribution. */
  public readonly telemetry: EdgeTelemetryStack;

  /**
   * @throws BaselineError `EndpointsMissing`, `ImageBuiltElsewhere`, `ImageInOtherRegion`, `ImageOfOtherArchitecture`,
   * `ImageRegistryNotReachable`, `ImageUnscanned`, `MailNotReachable`, `MailTlsTooLate`, `MaskingMissing`, `StagingOnly`; and what its parts refuse
   */
  public constructor(scope: Construct, id: string, props: CommerceStoreProps) {
    super(scope, id);
    const { identity, displayName, location, application, dns, contacts, administrators } = props;
    const { account, region, offsiteRegion } = location;
    const at = (place: string): StoreStackProps => ({
      identity,
      displayName,
      env: { account, region: place },
      disposable: props.disposable,
    });
    const egress = props.egress ?? Egress.dnsAllowList(CommerceStore.destinations(application, [], props.mail));
    validate(this, props, egress);

    this.edge = new EdgeGlobalStack(this, 'EdgeGlobal', {
      ...at('us-east-1'),
      dns,
      application,
      contacts,
      administrators,
      firewall: props.firewall,
      spend: props.spend,
    });
    this.foundation = new FoundationStack(this, 'Foundation', {
      ...at(region),
      contacts,
      administrators,
      egress,
      network: props.network,
      existingNetwork: props.existingNetwork,
      patching: props.patching,
    });
    const { foundation } = this;
    this.offsiteKeys = new OffsiteKeysStack(this, 'OffsiteKeys', {
      ...at(offsiteRegion),
      administrators,
      primaryKey: foundation.keys.application,
    });
    const { backup } = props;
    this.data = new DataStack(this, 'Data', {
      ...at(region),
      foundation,
      application,
      database: props.database,
      backup,
    });
    this.access = new DatabaseAccessStack(this, 'DatabaseAccess', {
      ...at(region),
      foundation,
      application,
      data: this.data,
      proxy: props.proxy,
      cache: props.cache,
      masking: props.masking,
      owner: contacts.security,
    });
    if (props.disposable === undefined) {
      this.offsiteVault = backup?.withoutOffsiteCopy ? undefined : this.createOffsiteVault(props);
      this.recovery = new RecoveryStack(this, 'Recovery', {
        ...at(region),
        foundation,
        offsite: this.offsiteVault?.vault,
        database: this.data.database,
        media: this.data.media,
        restored: application.database?.restored,
        backup,
        patching: props.patching,
      });
    }
    this.mail =
      props.mail?._ses && new MailStack(this, 'Mail', { ...at(region), mail: props.mail, dns, contacts, foundation });
    this.images = this.createImages(at(region), props);
    this.application = new ApplicationStack(this, 'Application', {
      ...at(region),
      dns,
      application,
      foundation,
      edge: this.edge,
      data: this.data,
      access: this.access,
      mail: props.mail,
      orderMail: this.mail?.orderMail,
      service: props.service,
      worker: props.worker,
      distribution: props.distribution,
      orders: props.orders,
      images: this.images,
      withoutPinnedImage: props.withoutPinnedImage,
      patching: props.patching,
      findings: this.recovery?.vulnerabilities.findings,
      loginGeneration: props.loginGeneration,
      withoutLogin: props.withoutLogin,
    });
    this.telemetry = new EdgeTelemetryStack(this, 'EdgeTelemetry', {
      ...at('us-east-1'),
      distribution: this.application.distribution.distribution,
      logs: foundation.logs,
      alerts: this.edge.alerts,
    });
    this.order(props.account);
    this.state(props);
  }

  private createOffsiteVault(props: CommerceStoreProps): OffsiteVaultStack {
    const { identity, displayName, location, contacts, administrators, backup } = props;
    const { account, offsiteAccount = account, offsiteRegion } = location;
    return new OffsiteVaultStack(this, 'OffsiteVault', {
      identity,
      displayName,
      env: { account: offsiteAccount, region: offsiteRegion },
      sourceAccount: account,
      contacts,
      administrators,
      backup,
    });
  }

  private createImages(place: StoreStackProps, { application, patching }: CommerceStoreProps): ImagesStack | undefined {
    const { foundation, data } = this;
    return (
      patching?.imageBuild &&
      new ImagesStack(this, 'Images', {
        ...place,
        foundation,
        data,
        imageBuild: patching.imageBuild,
        initialDigest: application.image,
        limits: patching.limits,
        findings: this.recovery?.vulnerabilities.findings,
      })
    );
  }

  /** Tells each stack's part to the commands that read the assembly. */
  private state({ identity, displayName, location, payments, application }: CommerceStoreProps): void {
    const stacks = this.node.children.filter((child) => Stack.isStack(child));
    const statement = {
      ...identity,
      name: displayName,
      ...location,
      payments: statePayments(payments),
      controls: application.controls.map(({ control, place, explanation }) => ({ control, place, explanation })),
    };
    stacks.forEach((stack) => stateStore(stack, { ...statement, part: stack.node.id }));
  }

  /** What a weak reference or a computed name does not tell CloudFormation: which stack has to be there first. */
  private order({ edge: account }: CommerceAccount): void {
    this.edge.addStackDependency(account);
    this.offsiteKeys.addStackDependency(this.foundation);
    if (this.offsiteVault !== undefined) {
      this.recovery?.addStackDependency(this.offsiteVault);
    }
    this.application.addStackDependency(this.edge);
    // A copy is masked there, and the shop must not come first.
    this.application.addStackDependency(this.access);
    this.telemetry.addStackDependency(this.application);
  }
}

/** Refuses mail that nobody would believe, and a network of the store's own in which the shop could not start. */
function validate(store: CommerceStore, props: CommerceStoreProps, egress: IEgress): void {
  const { application, database, existingNetwork, identity, location, network, mail, dns } = props;
  const problems = new Problems(`CommerceStore ${store.node.path}`);
  requireImageBuild(problems, {
    image: application.image,
    architecture: props.service?.architecture,
    patching: props.patching,
    disposable: props.disposable,
  });
  requireStaging(problems, identity.environment, props);
  if (identity.environment === StoreEnvironment.STAGING) {
    requireStagingChoices(problems, props, database?.source);
  }
  if (mail !== undefined) {
    problems.at('mail').include(mail);
    requireMailDns(problems.at('mail'), mail, dns);
  }
  if (existingNetwork === undefined) {
    requireEndpoints(problems.at('network'), egress, network?.interfaceEndpoints);
    requireReachableImage(problems, application.image, { region: location.region, egress });
    requireReachableMail(problems, mail, egress, network?.interfaceEndpoints);
  }
  problems.throwIfAny();
}
