import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Redis, type RedisOptions } from 'ioredis';
import { type Certificate, selfSignedCertificate } from './certificate';
import { freePort } from './free-port';

/** Servers that speak Valkey's protocol and know its access lists, the closest to ElastiCache first. */
const SERVERS = ['valkey-server', 'redis-server'];

/** Path of such a server on this machine, or undefined. */
export function findServer(): string | undefined {
  return SERVERS.find((name) => spawnSync(name, ['--version']).status === 0);
}

/** A server on loopback with TLS alone and without a default user, as a `SessionCache` is. */
export class ValkeyServer {
  public readonly host = 'localhost';
  public port = 0;
  public certificate = '';
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'valkey-'));
  private readonly adminPassword = 'administrator-of-the-test';
  private process?: ChildProcess;

  public async start(executable: string): Promise<void> {
    const own: Certificate = await selfSignedCertificate();
    this.certificate = own.certificate;
    this.port = await freePort();
    const file = (name: string, content: string): string => {
      writeFileSync(path.join(this.directory, name), content, { mode: 0o600 });
      return path.join(this.directory, name);
    };
    const acl = `user default off\nuser admin on >${this.adminPassword} ~* &* +@all\n`;
    const settings = {
      bind: '127.0.0.1',
      port: '0',
      'tls-port': String(this.port),
      'tls-cert-file': file('server.crt', own.certificate),
      'tls-key-file': file('server.key', own.privateKey),
      'tls-ca-cert-file': file('ca.crt', own.certificate),
      'tls-auth-clients': 'no',
      'tls-protocols': '"TLSv1.2 TLSv1.3"',
      aclfile: file('users.acl', acl),
      dir: this.directory,
      save: '""',
      // What the access list has to refuse must not be refused before by the configuration.
      'enable-debug-command': 'yes',
      'enable-module-command': 'yes',
      'maxmemory-policy': 'noeviction',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
    this.process = spawn(executable, [file('server.conf', lines.join('\n'))], { stdio: 'ignore' });
    await this.asAdmin((admin) => admin.ping());
  }

  public async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.process?.once('exit', resolve));
    this.process?.kill();
    await stopped;
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** How ioredis is told to connect as `username`. */
  public options(username: string, password: string): RedisOptions {
    const { host, port, certificate } = this;
    return { host, port, username, password, tls: { ca: certificate } };
  }

  /** Sets a user as ElastiCache does: everything it had is replaced. */
  public async setUser(username: string, accessString: string, passwords: readonly string[]): Promise<void> {
    const rules = ['reset', ...accessString.split(' '), ...passwords.map((password) => `>${password}`)];
    await this.asAdmin((admin) => admin.call('ACL', 'SETUSER', username, ...rules));
  }

  /** Replaces the passwords of a user and leaves its rights, as a rotation does. */
  public async setPasswords(username: string, passwords: readonly string[]): Promise<void> {
    const rules = ['resetpass', ...passwords.map((password) => `>${password}`)];
    await this.asAdmin((admin) => admin.call('ACL', 'SETUSER', username, ...rules));
  }

  /** Runs `work` with a connection that may do everything. */
  public async asAdmin<T>(work: (admin: Redis) => Promise<T>): Promise<T> {
    const admin = new Redis(this.options('admin', this.adminPassword)).on('error', () => undefined);
    try {
      return await work(admin);
    } finally {
      admin.disconnect();
    }
  }
}
