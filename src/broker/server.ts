import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Broker } from './broker.js';

export interface ListenOptions {
  /** One for each node, in the order of their ids; a free one where it is 0 or absent. */
  readonly ports?: readonly number[];
  /** How many nodes the broker has. */
  readonly nodes: number;
  /** Also listens on ::1, for clients that resolve `localhost` to it. */
  readonly alsoIpv6?: boolean;
}

export interface Listeners {
  /** In the order of the node ids. */
  readonly ports: readonly number[];
  close(): Promise<void>;
}

/**
 * Binds every node to a port of the loopback interface and tells the broker which: nothing outside this machine can reach it.
 * Rejects with the system's error when a port is taken (EADDRINUSE) or not allowed (EACCES).
 */
export async function listen(broker: Broker, options: ListenOptions): Promise<Listeners> {
  const servers: Server[] = [];
  const close = async () => {
    await Promise.all(servers.map(closeServer));
  };
  try {
    const ports: number[] = [];
    for (let nodeId = 1; nodeId <= options.nodes; nodeId++) {
      const server = await bind(broker, nodeId, '127.0.0.1', options.ports?.[nodeId - 1] ?? 0);
      servers.push(server);
      const { port } = server.address() as AddressInfo;
      ports.push(port);
      if (options.alsoIpv6) servers.push(await bind(broker, nodeId, '::1', port));
    }
    broker.setListenerPorts(ports);
    return { ports, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function bind(broker: Broker, nodeId: number, host: string, port: number): Promise<Server> {
  // Answers are written whole: waiting for more (Nagle) could only delay them.
  const server = createServer({ noDelay: true }, (socket) => broker.accept(socket, nodeId, hostOf(socket)));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

/** Kafka writes a client's host with a slash before it (InetAddress.toString). */
function hostOf(socket: Socket): string {
  return `/${socket.remoteAddress ?? '127.0.0.1'}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
