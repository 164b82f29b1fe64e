/** Where the sidecar listens, for whom it ends TLS, and where it may write. */
export interface TlsSidecarOptions {
  readonly listen: number;
  /** Port of the shop, on the loopback address that the containers of a task share. */
  readonly target: number;
  /** An empty directory that only the sidecar sees. */
  readonly directory: string;
  /** Seconds after which the load balancer gives up an idle connection. */
  readonly idleTimeout: number;
}

/**
 * What the sidecar runs: it makes a key that never leaves the task, and starts nginx as a proxy that the shop does not
 * notice. Proven with a real nginx in test/runtime/tls-sidecar.test.ts.
 *
 * A load balancer checks neither the name nor the age of a target's certificate, so the certificate says nothing.
 */
export function tlsSidecarScript(options: TlsSidecarOptions): string {
  const { directory } = options;
  return [
    'set -eu',
    'umask 077',
    `cd ${directory}`,
    'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=task -keyout key.pem -out certificate.pem',
    "cat > nginx.conf <<'CONFIGURATION'",
    nginxConfiguration(options),
    'CONFIGURATION',
    `exec nginx -p ${directory} -e stderr -c ${directory}/nginx.conf`,
  ].join('\n');
}

function nginxConfiguration({ listen, target, directory, idleTimeout }: TlsSidecarOptions): string {
  // The load balancer must be the one that closes an idle connection: a request it sends into a closing one is lost.
  const longer = `${idleTimeout + 10}s`;
  return `
daemon off;
worker_processes 2;
pid ${directory}/nginx.pid;
error_log stderr warn;

events {
  worker_connections 8192;
}

http {
  access_log off;
  server_tokens off;

  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;

  # Only web sockets leave HTTP/1.1: an upgrade to HTTP/2 would carry requests past whatever stands before.
  map $http_upgrade $upgrade_to_shop {
    default '';
    ~*^websocket$ websocket;
  }

  # A connection of its own for each request: the shop closes idle ones when it likes, and an order must not meet that.
  map $upgrade_to_shop $connection_to_shop {
    default close;
    websocket upgrade;
  }

  server {
    listen ${listen} ssl;
    ssl_certificate ${directory}/certificate.pem;
    ssl_certificate_key ${directory}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305;
    ssl_session_cache shared:tls:1m;
    ssl_session_tickets off;

    keepalive_timeout ${longer};
    keepalive_requests 100000;
    client_body_timeout ${longer};
    send_timeout ${longer};

    # The load balancer's own limits: 64 KiB of request headers, 32 KiB of response headers. Bodies stream, whatever their size.
    large_client_header_buffers 8 16k;
    client_max_body_size 0;

    location / {
      proxy_pass http://127.0.0.1:${target};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $upgrade_to_shop;
      proxy_set_header Connection $connection_to_shop;
      proxy_connect_timeout 5s;
      proxy_read_timeout ${longer};
      proxy_send_timeout ${longer};
      proxy_next_upstream off;
      proxy_request_buffering off;
      proxy_buffering off;
      proxy_buffer_size 32k;
      proxy_buffers 4 32k;
      proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;
      proxy_redirect off;
    }
  }
}`.trim();
}
