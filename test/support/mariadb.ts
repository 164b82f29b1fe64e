import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import * as path from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { type MasterLogin } from '../../lib/data/handlers/master-login';
import { type Certificate, selfSignedCertificate } from './certificate';
import { freePort } from './free-port';

/** The master user, as on Amazon RDS: everything may be granted by it. */
export const MASTER = { username: 'clusteradmin', password: 'master-password' };

/** How long a server may take to come up, in milliseconds. */
const PATIENCE = 60_000;

/** A real MariaDB with a data folder of its own, on loopback, over TLS alone, that writes every statement into a log. */
export class MariadbServer {
  public static async start(): Promise<MariadbServer> {
    if (spawnSync('mariadbd', ['--version']).status !== 0) {
      throw new Error('No mariadbd here: "apt-get install mariadb-server" (Debian) brings one.');
    }
    const certificate = await selfSignedCertificate();
    const server = new MariadbServer(await freePort(), certificate);
    await server.run(certificate);
    return server;
  }

  public readonly host = 'localhost';
  public readonly master: MasterLogin = {
    credentials: () => Promise.resolve(MASTER),
    token: () => Promise.reject(new Error('no token is expected')),
  };
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'mariadb-'));
  private process?: ChildProcess;

  private constructor(
    public readonly port: number,
    /** What a client has to trust, and the key behind it. */
    public readonly certificate: Certificate,
  ) {}

  public async stop(): Promise<void> {
    const { process } = this;
    if (process?.exitCode === null) {
      const ended = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Every statement the server was given. */
  public get log(): string {
    return readFileSync(path.join(this.directory, 'general.log'), 'utf8');
  }

  /** Runs statements as the master user, or as whoever is given. */
  public async query(
    statement: string,
    as: { user?: string; password?: string; database?: string; ssl?: undefined } = {},
  ): Promise<RowDataPacket[]> {
    const connection = await createConnection({
      host: '127.0.0.1',
      port: this.port,
      user: MASTER.username,
      password: MASTER.password,
      ssl: { rejectUnauthorized: false },
      multipleStatements: true,
      ...as,
    });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(statement);
      return rows;
    } finally {
      await connection.end();
    }
  }

  /** Shows this certificate from the next connection on. */
  public async show(certificate: Certificate): Promise<void> {
    this.write(certificate);
    await this.query('FLUSH SSL');
  }

  private write({ certificate, privateKey }: Certificate): void {
    writeFileSync(path.join(this.directory, 'server.crt'), certificate);
    writeFileSync(path.join(this.directory, 'server.key'), privateKey, { mode: 0o600 });
  }

  private async run(certificate: Certificate): Promise<void> {
    const at = (file: string): string => path.join(this.directory, file);
    this.write(certificate);
    const { username, password } = MASTER;
    writeFileSync(
      at('init.sql'),
      `CREATE USER ${username}@'%' IDENTIFIED BY '${password}' REQUIRE SSL;\nGRANT ALL ON *.* TO ${username}@'%' WITH GRANT OPTION;\n`,
    );
    const installed = spawnSync('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${at('data')}`,
      `--user=${userInfo().username}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
    if (installed.status !== 0) {
      throw new Error(`mariadb-install-db failed: ${installed.stderr.toString()}`);
    }
    this.process = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${at('data')}`,
        `--user=${userInfo().username}`,
        `--socket=${at('socket')}`,
        `--tmpdir=${this.directory}`,
        // The server is never the one that is killed.
        '--innodb-flush-log-at-trx-commit=0',
        '--bind-address=127.0.0.1',
        `--port=${this.port}`,
        `--init-file=${at('init.sql')}`,
        `--ssl-cert=${at('server.crt')}`,
        `--ssl-key=${at('server.key')}`,
        '--require-secure-transport=ON',
        '--general-log',
        `--general-log-file=${at('general.log')}`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await this.untilReady(this.process);
  }

  private async untilReady(process: ChildProcess): Promise<void> {
    let said = '';
    process.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline && process.exitCode === null) {
      const isUp = await this.query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (isUp) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`MariaDB does not start: ${said}`);
  }
}
