// node --import=tsx bench/lag/distant-broker.ts DELAY-MS TOPICS PARTITIONS GROUPS TOPICS-A-GROUP: the embedded broker, three nodes, far away.
// Prints its addresses and ends with SIGTERM. A process of its own, so that only the client's work is in the client's time.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Duplex, Transform } from 'node:stream';
import { Broker } from '../../src/broker/broker.js';
import { systemClock } from '../../src/broker/clock.js';
import { fillBroker } from './fill-broker.js';

const nodes = [1, 2, 3] as const;

async function main([
  delayMs = 0,
  topics = 0,
  partitions = 0,
  groups = 0,
  topicsOfGroup = 0,
]: readonly number[]) {
  const onMistake = (error: unknown): void => console.error(error);
  const broker = new Broker({ nodes: nodes.length }, { clock: systemClock, uniqueId: randomUUID, onMistake });
  const servers = await Promise.all(nodes.map((node) => listenFarAway(broker, node, delayMs)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  broker.setListenerPorts(ports);
  await fillBroker(broker, { topics, partitions, groups, topicsOfGroup });
  console.log(`ready ${ports.map((port) => `127.0.0.1:${port}`).join()}`);
}

/**
 * Each request arrives so much later, and those that are sent together arrive together: that is distance. A fault rule would hold the
 * connection as well, whose requests are served one after the other, and make three of ten milliseconds thirty.
 */
async function listenFarAway(broker: Broker, node: number, delayMs: number): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    const readable = socket.pipe(late(delayMs));
    broker.accept(Duplex.from({ readable, writable: socket }), node);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function late(delayMs: number): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, taken) {
      setTimeout(() => this.push(chunk), delayMs);
      taken();
    },
    flush(done) {
      setTimeout(done, delayMs);
    },
  });
}

void main(process.argv.slice(2).map(Number));
