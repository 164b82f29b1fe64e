import { CfnOutput } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import { ProcessKind, type ApplicationProcess } from '../application/application-process';
import { JobLedger } from '../compute/job-ledger';
import { StorefrontCluster } from '../compute/storefront-cluster';
import { StorefrontJob } from '../compute/storefront-job';
import { StorefrontService } from '../compute/storefront-service';
import { StorefrontWorker } from '../compute/storefront-worker';
import type { StorefrontWorkloadProps } from '../compute/storefront-workload-props';
import { StoreEnvironment } from '../core/identity';
import { StorefrontDistribution } from '../edge/storefront-distribution';
import { loginUnlessWaived, type VisitorLogin } from '../edge/visitor-login';
import { OrdersMetric } from '../operations/orders-metric';
import { StoreDashboard } from '../operations/store-dashboard';
import { freshnessUnlessWaived, type ImageFreshness } from '../patching/image-freshness';
import type { ApplicationStackProps } from './application-stack-props';
import { ShopEquipment } from './shop-equipment';
import { ShopImages } from './shop-images';
import { StoreStack } from './store-stack';

/** The shop itself: its processes behind a private load balancer, and the distribution in front. */
export class ApplicationStack extends StoreStack {
  /** Where all processes run. */
  public readonly cluster: StorefrontCluster;
  /** The process that answers shoppers. */
  public readonly service: StorefrontService;
  /** The processes behind it, by their ids. */
  public readonly workers: { [id: string]: StorefrontWorker };
  /** What runs before a rollout or by the clock, by their ids. */
  public readonly jobs: { [id: string]: StorefrontJob };
  /** Who may run commands in them by hand, and the record of who did. */
  public readonly jobLedger: JobLedger;
  /** The certificate that the private load balancer shows. */
  public readonly certificate: ICertificate;
  /** The distribution. */
  public readonly distribution: StorefrontDistribution;
  /** What says how old the images are that run, unless it was waived. */
  public readonly freshness?: ImageFreshness;
  /** What somebody looks at who runs the shop and not the servers. */
  public readonly dashboard: StoreDashboard;

  private readonly props: ApplicationStackProps;
  private readonly equipment: ShopEquipment;
  private readonly common: StorefrontWorkloadProps;

  public constructor(scope: Construct, id: string, props: ApplicationStackProps) {
    super(scope, id, props, { role: 'application', description: 'The shop and its distribution', stateful: false });
    this.props = props;
    const { application, dns, data, access, foundation } = props;
    this.cluster = new StorefrontCluster(this, 'Cluster', {
      network: foundation.network,
      key: foundation.keys.customerData,
    });
    this.certificate = dns.originCertificate(this, 'Certificate', foundation.alerts);
    this.equipment = new ShopEquipment(this, 'Equipment', {
      application,
      hosts: dns.hosts,
      contentSecurityPolicy: application.contentSecurityPolicy.allowAll(props.distribution?.contentSources ?? {}),
      data,
      access,
      mail: props.mail,
      orderMail: props.orderMail,
    });
    this.common = this.createCommon();
    this.jobs = this.createJobs();
    this.workers = this.createWorkers();
    this.service = this.createService();
    this.jobLedger = this.createJobLedger();
    this.freshness = this.createFreshness();
    this.distribution = this.createDistribution();
    dns.leadTo(this, 'Records', this.distribution.distribution);
    this.dashboard = this.createDashboard();
  }

  /** What all processes of the shop have in common. */
  private createCommon(): StorefrontWorkloadProps {
    const { application, foundation, data, images: built, service, withoutPinnedImage } = this.props;
    const { keys, network, alerts } = foundation;
    const images = new ShopImages(this, 'Images', {
      own: data.images.repository,
      network,
      key: keys.customerData,
      withoutDigest: withoutPinnedImage,
    });
    return {
      network,
      cluster: this.cluster,
      image: built === undefined ? images.named(application.image) : built.promotedFor(this),
      helperImage: images.helper,
      user: application.user,
      writablePaths: application.writablePaths,
      architecture: service?.architecture,
      logsKey: keys.logs,
      alerts,
    };
  }

  private createJobs(): { [id: string]: StorefrontJob } {
    const { cpu, memory } = this.props.service ?? {};
    return this.createProcesses([ProcessKind.MIGRATION, ProcessKind.SCHEDULED], ({ id, command, schedule }) => {
      return new StorefrontJob(this, id, { ...this.common, cpu, memory, command, schedule });
    });
  }

  private createWorkers(): { [id: string]: StorefrontWorker } {
    const { cpu, memory, scaling } = this.props.worker ?? {};
    const before = this.migrations();
    return this.createProcesses([ProcessKind.WORKER], ({ id, command }) => {
      return new StorefrontWorker(this, id, { ...this.common, cpu, memory, scaling, command, before });
    });
  }

  private createService(): StorefrontService {
    const { application, foundation, service = {} } = this.props;
    const { cpu, memory, scaling, tls, originFacingPrefixListId, withoutSecondZone } = service;
    const servers = this.createProcesses([ProcessKind.SERVER], ({ id, command }) => {
      return new StorefrontService(this, id, {
        ...this.common,
        cpu,
        memory,
        scaling,
        tls,
        originFacingPrefixListId,
        withoutSecondZone,
        command,
        before: this.migrations(),
        port: application.port,
        health: { path: application.healthPath },
        certificate: this.certificate,
        accessLogs: foundation.accessLogs,
      });
    });
    return Object.values(servers)[0];
  }

  private createJobLedger(): JobLedger {
    const { network, keys } = this.props.foundation;
    const runnable = { ...this.jobs, ...this.workers, [this.service.node.id]: this.service };
    return new JobLedger(this, 'JobLedger', { network, runnable, logsKey: keys.logs });
  }

  private createFreshness(): ImageFreshness | undefined {
    const { foundation, disposable, patching = {}, findings } = this.props;
    const { limits, imageDays, inspector, withoutImageFreshness } = patching;
    return freshnessUnlessWaived(this, withoutImageFreshness, {
      cluster: this.cluster,
      limits,
      findings,
      imageDays,
      // A disposable store turns on no scans.
      inspected: disposable === undefined && inspector?._off === undefined,
      key: foundation.keys.logs,
      alerts: foundation.alerts,
    });
  }

  private createDistribution(): StorefrontDistribution {
    const { application, dns, edge, foundation, data, distribution } = this.props;
    const isStaging = this.identity.environment === StoreEnvironment.STAGING;
    return new StorefrontDistribution(this, 'Distribution', {
      ...distribution,
      hosts: dns.hosts,
      certificate: edge.certificate,
      webAcl: edge.firewall.webAcl,
      origin: this.service.loadBalancer,
      originReady: foundation.network.ready,
      cachedPaths: application.cachedPaths,
      apiPaths: application.apiPaths,
      contentSecurityPolicy: application.contentSecurityPolicy,
      login: isStaging ? this.createLogin() : undefined,
      unlisted: isStaging,
      media: data.media && { bucket: data.media.bucket, path: application.media?.path },
    });
  }

  /** A rehearsal is for those who rehearse. */
  private createLogin(): VisitorLogin | undefined {
    const { application, foundation, loginGeneration, withoutLogin } = this.props;
    return loginUnlessWaived(this, withoutLogin, {
      requestClasses: application.requestClasses,
      generation: loginGeneration,
      key: foundation.keys.secrets,
      logsKey: foundation.keys.logs,
      alerts: foundation.alerts,
    });
  }

  private createDashboard(): StoreDashboard {
    const { displayName, application, edge, data } = this.props;
    const pattern = application.orderLogPattern;
    const orders = this.props.orders ?? (pattern === undefined ? undefined : OrdersMetric.logLine(pattern));
    const workers = Object.entries(this.workers).map(([id, { service }]) => [id, service] as const);
    const dashboard = new StoreDashboard(this, 'Dashboard', {
      title: displayName,
      orders,
      shopLog: this.service.logGroup,
      distribution: this.distribution.distribution,
      refusedRequests: edge.firewall.metricRefused(),
      services: { [this.service.node.id]: this.service.service, ...Object.fromEntries(workers) },
      database: data.database?.cluster,
      spend: edge.spend,
    });
    new CfnOutput(this, 'DashboardUrl', { value: dashboard.url, description: 'How the shop is, on one page' });
    return dashboard;
  }

  private migrations(): StorefrontJob[] {
    const { processes } = this.props.application;
    return processes.filter(({ kind }) => kind === ProcessKind.MIGRATION).map(({ id }) => this.jobs[id]);
  }

  private createProcesses<T extends StorefrontService | StorefrontWorker | StorefrontJob>(
    kinds: readonly ProcessKind[],
    create: (process: ApplicationProcess) => T,
  ): { [id: string]: T } {
    const processes = this.props.application.processes.filter(({ kind }) => kinds.includes(kind));
    const created = processes.map((process) => {
      const workload = create(process);
      this.equipment.equip(workload, process);
      return [process.id, workload] as const;
    });
    return Object.fromEntries(created);
  }
}
