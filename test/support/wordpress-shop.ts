import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { mysqlServer } from '../../lib/data/handlers/mysql-server';
import { selfSignedCertificate, type Certificate } from './certificate';
import { freePort } from './free-port';
import { ask, type Answer, type Question } from './http';
import { MariadbServer } from './mariadb';

const ROOT = path.join(__dirname, '../..');
const EXAMPLE = path.join(ROOT, 'examples/woocommerce');
const TESTS = path.join(ROOT, 'test/runtime/woocommerce');
const WORDPRESS = path.join(ROOT, 'node_modules/.cache/wordpress/usr/share/wordpress');
const MODULES = '/usr/lib/apache2/modules';

/** `www-data` of Debian, as in the image. Whoever is not root is nobody else anyway. */
const WWW = process.getuid?.() === 0 ? { uid: 33, gid: 33 } : {};

/** The smallest theme whose pages say what WordPress wants them to say. */
const THEME = {
  'style.css': '/* Theme Name: Plain */',
  'index.php': '<!doctype html><html><head><?php wp_head(); ?></head><body><?php wp_footer(); ?></body></html>',
};

/** Logins to the database, with the privileges that a store gives. */
export type Login = 'shop' | 'shop_migrations';

/**
 * What the image of examples/woocommerce holds, as far as Debian has it: WordPress, and around it every file of ours as the
 * Dockerfile places it; with a real MariaDB behind it that speaks TLS alone, and logins as a store declares them. Without
 * WooCommerce, which Debian does not have.
 */
export class WordPressShop {
  public static async start(): Promise<WordPressShop> {
    if (!existsSync(WORDPRESS)) {
      throw new Error('No WordPress here: "npm run test:runtime" unpacks one.');
    }
    const shop = new WordPressShop(await MariadbServer.start());
    shop.assemble();
    await shop.declareLogins();
    return shop;
  }

  public readonly directory = mkdtempSync(path.join(tmpdir(), 'wordpress-'));
  /** Where the web server looks for files. */
  public readonly root = path.join(this.directory, 'html');
  public readonly uploads = path.join(this.root, 'wp-content/uploads');
  private readonly runtime = path.join(this.directory, 'runtime');
  private readonly authorities = path.join(this.directory, 'authorities.pem');
  private server?: ChildProcess;
  private port = 0;
  private said = '';

  private constructor(public readonly mariadb: MariadbServer) {
    chmodSync(this.directory, 0o755);
  }

  /** Waits until the web server's log holds `text`: it comes through a pipe, after the answer. */
  public async logged(text: string): Promise<boolean> {
    for (let tries = 0; tries < 50 && !this.said.includes(text); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return this.said.includes(text);
  }

  public async stop(): Promise<void> {
    const { server } = this;
    if (server?.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    }
    await this.mariadb.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs a script of test/runtime/woocommerce, with variables of its own. What it prints, or throws what it said. */
  public php(script: string, login: Login = 'shop', variables: NodeJS.ProcessEnv = {}): string {
    const { status, signal, stdout, stderr } = spawnSync(
      'php',
      ['-d', 'error_log=/dev/stderr', path.join(TESTS, script)],
      {
        env: { ...this.environment(login), ...variables },
        encoding: 'utf8',
        ...WWW,
      },
    );
    if (status !== 0) {
      throw new Error(`${script} ended with ${status ?? signal}: ${stderr}${stdout}`);
    }
    return stdout;
  }

  /** Starts Apache with the configuration of the image. */
  public async serve(): Promise<void> {
    this.port = await freePort();
    const configuration = path.join(EXAMPLE, 'apache/shop.conf');
    const server = spawn('apache2', ['-D', 'FOREGROUND', '-f', configuration], {
      env: { ...this.environment('shop'), ...this.serverSettings() },
      stdio: ['ignore', 'pipe', 'pipe'],
      // When it stops, Apache ends its whole process group: that must not be ours.
      detached: true,
      ...WWW,
    });
    this.server = server;
    [server.stdout, server.stderr].forEach((stream) =>
      stream.on('data', (chunk: Buffer) => (this.said += chunk.toString())),
    );
    for (let tries = 0; tries < 100 && server.exitCode === null; tries++) {
      const answered = await this.ask('/shop-health.php').then(
        ({ status }) => status === 200,
        () => false,
      );
      if (answered) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Apache does not start: ${this.said}`);
  }

  /** Asks the web server, as the proxy of the task does. */
  public ask(target: string, question?: Question): Promise<Answer> {
    return ask(this.port, target, question);
  }

  /** Has the database show this certificate, and WordPress trust `authority`. */
  public async present(certificate: Certificate, authority = certificate): Promise<void> {
    await this.mariadb.show(certificate);
    writeFileSync(this.authorities, authority.certificate, { mode: 0o644 });
  }

  private assemble(): void {
    cpSync(WORDPRESS, this.root, { recursive: true, verbatimSymlinks: true });
    const content = path.join(this.root, 'wp-content');
    const theme = path.join(content, 'themes/plain');
    [this.uploads, theme].forEach((directory) => mkdirSync(directory, { recursive: true }));
    Object.entries(THEME).forEach(([name, text]) => writeFileSync(path.join(theme, name), text));
    cpSync(path.join(EXAMPLE, 'wordpress/wp-config.php'), path.join(this.root, 'wp-config.php'));
    cpSync(path.join(EXAMPLE, 'wordpress/shop-health.php'), path.join(this.root, 'shop-health.php'));
    cpSync(path.join(EXAMPLE, 'wordpress/db.php'), path.join(content, 'db.php'));
    cpSync(path.join(EXAMPLE, 'mu-plugins'), path.join(content, 'mu-plugins'), { recursive: true });
    // Fargate mounts one and opens the other.
    mkdirSync(this.runtime);
    [this.uploads, this.runtime].forEach((directory) => chmodSync(directory, 0o777));
  }

  private async declareLogins(): Promise<void> {
    const { mariadb } = this;
    const { host, port, master, certificate } = mariadb;
    await mariadb.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
    const target = { host, readerHost: host, port, database: 'shop' };
    await mysqlServer(target, master, { ca: certificate.certificate }).asMaster(async (session) => {
      await session.declare([
        { name: 'shop', privileges: 'readWrite', iam: false },
        { name: 'shop_migrations', privileges: 'migrations', iam: false },
      ]);
      for (const username of ['shop', 'shop_migrations']) {
        await session.setPassword({ username, password: passwordOf(username) });
      }
    });
    // PHP takes "localhost" for a socket.
    await this.present(await selfSignedCertificate('127.0.0.1'));
  }

  private environment(login: Login): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      SHOP_ROOT: this.root,
      WP_HOME: 'https://shop.acme.example',
      WORDPRESS_DB_HOST: '127.0.0.1',
      WORDPRESS_DB_PORT: String(this.mariadb.port),
      WORDPRESS_DB_NAME: 'shop',
      WORDPRESS_DB_USER: login,
      WORDPRESS_DB_PASSWORD: passwordOf(login),
      WORDPRESS_DB_CA: this.authorities,
      WORDPRESS_TABLE_PREFIX: 'wp_',
      WORDPRESS_SALT: 'salt-of-the-test-0123456789abcdef0123456789abcdef',
      SECOND_FACTOR_KEY: 'key-of-the-test-0123456789abcdef0123456789abcdef',
      ACCOUNT_PATH: '/my-account',
      CHECKOUT_PATH: '/checkout',
      CONTENT_SECURITY_POLICY: "default-src 'self'; object-src 'none'; script-src 'self' https://js.stripe.com",
    };
  }

  private serverSettings(): NodeJS.ProcessEnv {
    return {
      APACHE_MODULES: MODULES,
      PHP_MODULE: readdirSync(MODULES).find((name) => /^libphp.*\.so$/.test(name)),
      SHOP_LISTEN: `127.0.0.1:${this.port}`,
      SHOP_RUNTIME: this.runtime,
      SHOP_PHP_INI: path.join(EXAMPLE, 'apache'),
      SHOP_WORKERS: '8',
    };
  }
}

const passwordOf = (username: string): string => `password-of-${username}`;
