/**
 * Every protection that a waiver can drop, under an id that never changes: waivers in users' code, metadata in their
 * assemblies and the evidence all refer to it. The text says what is guaranteed while nobody waives it.
 */
export const PROTECTIONS = {
  'stack.retention': 'What holds data outlives its stack, with its backups, its keys and its logs.',
  'log-store.lock': 'Logs cannot be changed or deleted for a year.',
  'network.flow-logs': 'Every connection in the network is written down.',
  'network.dns-query-logs': 'Every look-up of a name in the network is written down.',
  'network.egress-allow-list': 'Nothing leaves the network but what somebody listed, with a purpose.',
  'network.change-protection': 'What filters the way out cannot be removed or detached by mistake.',
  'load-balancer.deletion-protection': 'The load balancer cannot be deleted by one call.',
  'shop-image.digest': 'A task runs exactly the image that was reviewed, named by its digest.',
  'storefront-service.second-zone': 'The shop runs in two Availability Zones at least.',
  'workload.read-only-root': 'The file system of the image is read-only; only named paths can be written.',
  'workload.unprivileged-user': 'The container runs as a numeric, unprivileged user without Linux capabilities.',
  'generated-secret.rotation': 'A generated secret gets a new value regularly.',
  'firewall.blocking': 'The firewall refuses what its rules match.',
  'firewall.ip-reputation': 'Addresses that AWS has seen attack others are refused.',
  'firewall.known-bad-inputs': 'Requests that exploit known holes are refused.',
  'firewall.common-rules': 'Requests that match the core rule set (OWASP top ten) are refused.',
  'firewall.sql-injection': 'Requests that carry SQL are refused.',
  'firewall.anonymous-ip-list': 'Addresses of anonymisers and hosting providers are refused.',
  'firewall.rate-limits': 'Whoever sends too many requests, logins, sign-ups or checkouts is refused.',
  'firewall.anti-ddos': 'Where the anti-DDoS group is chosen, it challenges and refuses.',
  'firewall.account-takeover': 'Where the account takeover group is chosen, it refuses logins.',
  'firewall.account-creation-fraud': 'Where the account creation fraud group is chosen, it refuses sign-ups.',
  'firewall.bot-control': 'Where Bot Control is chosen, it refuses bots.',
  'distribution.named-scripts': 'Pages run scripts from hosts that are named, and none that was written into a page.',
  'staging.login': 'Nobody sees a store in staging without a login.',
  'database.deletion-protection': 'The database cannot be deleted by one call.',
  'database.backup': 'A backup plan copies the database every day, beside the recovery of its own.',
  'object-store.backup': 'A backup plan copies the objects every day.',
  'shared-files.backup': 'A backup plan copies the shared files every day.',
  'backup-schedule.offsite-copy': 'A copy of every backup lies in another Region.',
  'backup-schedule.restore-test':
    'Backups of databases and buckets are restored every week, and what comes out is judged.',
  'offsite-vault.compliance-lock': 'Where the compliance lock is chosen, nobody ends a copy off site before its time.',
  'vulnerability-scanning.inspector':
    'Inspector scans images and functions, and somebody hears of a critical or high finding that grows old.',
  'image-freshness.report': 'Somebody hears of an image that runs and is too old, or holds a finding that is.',
  'order-mail.tls': 'Mail to customers is delivered over TLS or not at all.',
  'order-mail.dmarc': 'Mail that somebody else sends in the name of the shop goes to spam, or nowhere.',
} as const satisfies Record<string, string>;

/** Id of a protection: `<what>.<guarantee>`. */
export type ProtectionId = keyof typeof PROTECTIONS;
