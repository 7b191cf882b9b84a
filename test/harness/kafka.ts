import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { kafkaClassPath, type KafkaVersion } from './kafka-jars.js';
import { brokerCount, useBothCoordinators, type Address } from './kafka-probe.js';
import { nodeProperties, type NodeLayout, type NodePorts } from './kafka-properties.js';
import { makeSecurityFiles, type SecurityFiles } from './kafka-security.js';
import {
  freePort,
  GivenUp,
  runToEnd,
  startProcess,
  untilItSucceeds,
  type ServerProcess,
} from './processes.js';
import { removeFolder, temporaryFolder } from './temporary-folder.js';

export interface KafkaOptions {
  readonly version: KafkaVersion;
  /** `lesson` (short time-outs) unless said otherwise; `default` is what a user's cluster has. */
  readonly settings?: 'lesson' | 'default';
  readonly nodes?: 1 | 3;
  /** Besides the nodes a process that is only the controller: the nodes may be stopped and killed without a new quorum. */
  readonly separateController?: boolean;
  /** Further lines of every node's server.properties. */
  readonly properties?: Readonly<Record<string, string | number>>;
  /** Adds the listeners SASL_SSL and mutual TLS, users and an authorizer. One node only. */
  readonly secured?: boolean;
  /** Makes both coordinators ready (1 to 2 s); true unless said otherwise. */
  readonly warmUp?: boolean;
  /** Instead of the options that make the start quick and the memory small. */
  readonly javaOptions?: readonly string[];
  /** Called when the log folders are formatted and the nodes are about to be started. */
  readonly onLaunch?: () => void;
}

/** An Apache Kafka of one's own on 127.0.0.1, without a file left behind. */
export interface RealKafka {
  readonly version: KafkaVersion;
  /** `host:port` of each node's plaintext listener. */
  readonly bootstrapServers: readonly string[];
  readonly addresses: readonly Address[];
  readonly secured: SecuredListeners | undefined;
  /** The process id of each node; the last one is the separate controller's, where there is one. */
  readonly pids: readonly number[];
  /** Ends a node as a power cut does. */
  readonly killNode: (index: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface SecuredListeners extends SecurityFiles {
  /** `localhost:port` of the SASL_SSL listener. */
  readonly saslSsl: string;
  /** `localhost:port` of the listener that asks for a client certificate. */
  readonly mutualTls: string;
}

const quickStart = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Formats and starts the nodes, and waits until they answer. Takes 4 s for one node, 13 s for three (two cores). */
export async function startKafka(options: KafkaOptions): Promise<RealKafka> {
  const classPath = await kafkaClassPath(options.version);
  const folder = await temporaryFolder('lab-kafka');
  const started: ServerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((node) => node.stop()));
    await removeFolder(folder);
  };
  try {
    const layouts = await layNodesOut(options, folder);
    const propertyFiles = await formatNodes(layouts, classPath);
    options.onLaunch?.();
    started.push(...propertyFiles.map((file) => startNode(file, classPath, options)));
    const brokers = layouts.filter(({ id, brokers }) => id <= brokers);
    const addresses = brokers.map(({ id, all }) => ({ host: '127.0.0.1', port: all[id - 1]?.client ?? 0 }));
    await untilReady(addresses, started, options.warmUp ?? true);
    return describeCluster(options.version, layouts, addresses, started, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function describeCluster(
  version: KafkaVersion,
  layouts: readonly NodeLayout[],
  addresses: readonly Address[],
  nodes: readonly ServerProcess[],
  stop: () => Promise<void>,
): RealKafka {
  const first = layouts[0];
  const ports = first?.all[0];
  return {
    version,
    addresses,
    bootstrapServers: addresses.map(({ host, port }) => `${host}:${port}`),
    secured: first?.security && {
      ...first.security,
      saslSsl: `localhost:${ports?.saslSsl ?? 0}`,
      mutualTls: `localhost:${ports?.mutualTls ?? 0}`,
    },
    pids: nodes.map((node) => node.pid),
    killNode: async (index) => nodes[index]?.kill(),
    stop,
  };
}

async function layNodesOut(options: KafkaOptions, folder: string): Promise<NodeLayout[]> {
  const security = options.secured === true ? await makeSecurityFiles(folder) : undefined;
  const all: NodePorts[] = [];
  const brokers = options.nodes ?? 1;
  const processes = brokers + (options.separateController === true ? 1 : 0);
  for (let count = 0; count < processes; count++) {
    all.push({
      client: await freePort(),
      controller: await freePort(),
      ...(security && (await securedPorts())),
    });
  }
  const { settings = 'lesson', properties = {} } = options;
  return all.map((_, index) => ({ id: index + 1, all, brokers, folder, settings, security, properties }));
}

async function securedPorts(): Promise<Pick<NodePorts, 'saslSsl' | 'mutualTls'>> {
  return { saslSsl: await freePort(), mutualTls: await freePort() };
}

/** Writes each node's properties and formats its log folder. @returns the property files */
async function formatNodes(layouts: readonly NodeLayout[], classPath: string): Promise<string[]> {
  const clusterId = newClusterId();
  return Promise.all(
    layouts.map(async (layout) => {
      const file = path.join(layout.folder, `node-${layout.id}.properties`);
      await writeFile(file, nodeProperties(layout));
      const format = ['format', '-t', clusterId, '-c', file, '--ignore-formatted'];
      const users = (layout.security?.users ?? []).flatMap(({ name, password }) => [
        ...['--add-scram', `SCRAM-SHA-256=[name=${name},password=${password}]`],
        ...['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`],
      ]);
      const java = [...quickStart, '-cp', classPath, 'kafka.tools.StorageTool', ...format, ...users];
      await runToEnd('java', java, { cwd: layout.folder });
      return file;
    }),
  );
}

// An id whose first character is a minus sign would be read as an option.
function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('base64url');
}

function startNode(propertyFile: string, classPath: string, options: KafkaOptions): ServerProcess {
  const heap = options.nodes === 3 ? '-Xmx384m' : '-Xmx512m';
  const logging = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
  const java = [...(options.javaOptions ?? [heap, ...quickStart]), logging, '-cp', classPath];
  return startProcess('java', [...java, 'kafka.Kafka', propertyFile], { cwd: path.dirname(propertyFile) });
}

async function untilReady(
  addresses: readonly Address[],
  nodes: readonly ServerProcess[],
  warmUp: boolean,
): Promise<void> {
  const attempt = async (): Promise<void> => {
    const ended = nodes.find((node) => node.exited());
    if (ended !== undefined) throw new GivenUp(`Apache Kafka ended at its start:\n${ended.lastOutput()}`);
    for (const address of addresses) {
      const count = await brokerCount(address);
      if (count !== addresses.length) throw new Error(`${count} of ${addresses.length} nodes are registered`);
      if (warmUp) await useBothCoordinators(address);
    }
  };
  await untilItSucceeds('Apache Kafka answers', attempt, { timeoutMs: 90_000, everyMs: 50 });
}
