import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Address } from './kafka-probe.js';

/** Metadata, FindCoordinator, DescribeCluster: their answers say where the nodes are. */
const tellsAddresses: ReadonlySet<number> = new Set([3, 10, 60]);

export interface KafkaProxy {
  /** `127.0.0.1:port`, one for each node behind it. */
  readonly bootstrapServers: readonly string[];
  readonly stop: () => Promise<void>;
}

/** A request on its way to a node. */
export interface PassingRequest {
  readonly apiKey: number;
  readonly clientId: string;
  /** Whole, with its length prefix. */
  readonly frame: Buffer;
}

/** `cut`: it never arrives, the connection ends. `cut-answer`, `withhold-answer`: it is done, and the client is not told. */
export type Fate = 'pass' | 'cut' | 'cut-answer' | 'withhold-answer' | { readonly answer: Buffer };

/**
 * Stands before every node of a broker, embedded or not, so that both are met under the very same condition. Everything passes
 * as it is unless `fateOf` says otherwise, but for the nodes' ports, which become the proxy's: a client goes where Metadata sends it.
 */
export async function startKafkaProxy(
  nodes: readonly Address[],
  fateOf: (request: PassingRequest) => Fate,
): Promise<KafkaProxy> {
  const sockets = new Set<Socket>();
  const ports = new Map<number, number>();
  const servers = await Promise.all(
    nodes.map(async (node) => {
      const server = createServer((client) => new Passage(client, connect(node), sockets, ports, fateOf));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      ports.set(node.port, (server.address() as AddressInfo).port);
      return server;
    }),
  );
  return {
    bootstrapServers: [...ports.values()].map((port) => `127.0.0.1:${port}`),
    stop: () => stop(servers, sockets),
  };
}

async function stop(servers: readonly Server[], sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = servers.map((server) => once(server, 'close'));
  for (const server of servers) server.close();
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
}

interface Pending {
  readonly apiKey: number;
  readonly fate: Fate;
}

/** One connection of a client, and the proxy's own to the node. */
class Passage {
  private readonly pending = new Map<number, Pending>();

  constructor(
    private readonly client: Socket,
    private readonly node: Socket,
    sockets: Set<Socket>,
    private readonly ports: ReadonlyMap<number, number>,
    private readonly fateOf: (request: PassingRequest) => Fate,
  ) {
    const both = [client, node] as const;
    for (const socket of both) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => this.cut());
      socket.on('close', () => {
        sockets.delete(socket);
        this.cut();
      });
    }
    eachFrame(client, (frame) => this.request(frame));
    eachFrame(node, (frame) => this.response(frame));
  }

  private request(frame: Buffer): void {
    const [apiKey, correlationId] = [frame.readInt16BE(4), frame.readInt32BE(8)];
    const clientId = frame.toString('utf8', 14, 14 + Math.max(0, frame.readInt16BE(12)));
    const fate = this.fateOf({ apiKey, clientId, frame });
    if (fate === 'cut') this.cut();
    else if (typeof fate === 'object') this.client.write(fate.answer);
    else {
      this.pending.set(correlationId, { apiKey, fate });
      this.node.write(frame);
    }
  }

  private response(frame: Buffer): void {
    const correlationId = frame.readInt32BE(4);
    const request = this.pending.get(correlationId);
    this.pending.delete(correlationId);
    if (request?.fate === 'cut-answer') this.cut();
    else if (request?.fate !== 'withhold-answer')
      this.client.write(request && tellsAddresses.has(request.apiKey) ? this.redirected(frame) : frame);
  }

  /** A host is followed by its port in every version of these answers, so that the length stays the same. */
  private redirected(frame: Buffer): Buffer {
    const host = '127.0.0.1';
    for (let at = frame.indexOf(host); at >= 0; at = frame.indexOf(host, at + 1)) {
      const portAt = at + host.length;
      const own = portAt + 4 <= frame.length ? this.ports.get(frame.readInt32BE(portAt)) : undefined;
      if (own !== undefined) frame.writeInt32BE(own, portAt);
    }
    return frame;
  }

  private cut(): void {
    this.client.destroy();
    this.node.destroy();
  }
}

/** Calls `take` with each whole frame, its length prefix included. */
function eachFrame(socket: Socket, take: (frame: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
      const end = 4 + received.readInt32BE(0);
      take(received.subarray(0, end));
      received = received.subarray(end);
    }
  });
}
