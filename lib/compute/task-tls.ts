import type { Duration } from 'aws-cdk-lib';
import { ContainerDependencyCondition } from 'aws-cdk-lib/aws-ecs';
import { SHOP_CONTAINER, type StorefrontTask } from './storefront-task';
import { tlsSidecarScript } from './tls-sidecar';

/** Where a load balancer finds the end of TLS inside a task. */
export interface TlsEnd {
  readonly containerName: string;
  readonly containerPort: number;
}

/** How TLS ends inside the task. There is no choice without it: from the shopper to the task everything is encrypted. */
export abstract class TaskTls {
  /**
   * An nginx beside the shop ends TLS 1.2 or 1.3 with a key made when the task starts, and passes requests on over the
   * task's own loopback address as they came: host, forwarded headers, web sockets and streams included.
   */
  public static sidecar(): TaskTls {
    return new Sidecar();
  }

  /** The image speaks TLS itself, 1.2 at least: load balancers check targets with 1.2. Any certificate will do. */
  public static inImage(): TaskTls {
    return new InImage();
  }

  /**
   * Prepares `task`, whose shop listens on `port`, and says where TLS ends.
   *
   * @internal
   */
  public abstract _end(task: StorefrontTask, port: number, idleTimeout: Duration): TlsEnd;
}

/** User and group `nginx` of the image. */
const NGINX_USER = '101:101';

/** Where the sidecar's own key and temporary files are. */
const DIRECTORY = '/run/tls';

class Sidecar extends TaskTls {
  public override _end(task: StorefrontTask, port: number, idleTimeout: Duration): TlsEnd {
    const listen = port === 8443 ? 9443 : 8443;
    const sidecar = task.addHelper('Tls', {
      script: tlsSidecarScript({ listen, target: port, directory: DIRECTORY, idleTimeout: idleTimeout.toSeconds() }),
      user: NGINX_USER,
      essential: true,
      portMappings: [{ containerPort: listen }],
    });
    task.addWritablePath(sidecar, DIRECTORY);
    // Containers stop in the reverse order: the sidecar first, so that no request meets a shop that is gone.
    sidecar.addContainerDependencies({ container: task.container, condition: ContainerDependencyCondition.START });
    return { containerName: sidecar.containerName, containerPort: listen };
  }
}

class InImage extends TaskTls {
  public override _end(_task: StorefrontTask, port: number): TlsEnd {
    return { containerName: SHOP_CONTAINER, containerPort: port };
  }
}
