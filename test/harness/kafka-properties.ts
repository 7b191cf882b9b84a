import path from 'node:path';
import type { SecurityFiles } from './kafka-security.js';

export interface NodePorts {
  readonly client: number;
  readonly controller: number;
  /** Ports of the secured listeners; only a secured node has them. */
  readonly saslSsl?: number;
  readonly mutualTls?: number;
}

export interface NodeLayout {
  /** 1-based. */
  readonly id: number;
  readonly all: readonly NodePorts[];
  readonly folder: string;
  /** How many of them are brokers; behind these there may be one node that is only the controller. */
  readonly brokers: number;
  /** `lesson`: short time-outs, one partition in the internal topics; `default`: as a user's cluster has them. */
  readonly settings: 'lesson' | 'default';
  readonly security: SecurityFiles | undefined;
  /** Lines that take the place of the others, or stand beside them. */
  readonly properties: Readonly<Record<string, string | number>>;
}

/** The text of a node's server.properties: broker and controller in one process unless the controller is one of its own, on 127.0.0.1. */
export function nodeProperties(layout: NodeLayout): string {
  const lines = {
    ...roles(layout),
    ...replication(layout.brokers),
    ...(layout.settings === 'lesson' ? lessonSettings : {}),
    ...(layout.security === undefined ? {} : secured(layout.security)),
    ...layout.properties,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${String(value)}\n`)
    .join('');
}

/** The lines that a user's cluster does not have; the reference for `default` is a run without them. */
const lessonSettings = {
  'offsets.topic.num.partitions': 1,
  'transaction.state.log.num.partitions': 1,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 300,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 200,
};

function roles(layout: NodeLayout): Readonly<Record<string, string | number>> {
  const { id, all, brokers, folder, security } = layout;
  const own = all[id - 1];
  if (own === undefined) throw new Error(`There is no node ${id} among ${all.length}.`);
  const isBroker = id <= brokers;
  const isController = brokers === all.length || !isBroker;
  const listeners = [
    ...(isBroker ? [`PLAINTEXT://127.0.0.1:${own.client}`] : []),
    ...(isController ? [`CONTROLLER://127.0.0.1:${own.controller}`] : []),
  ];
  const protocols = ['PLAINTEXT:PLAINTEXT', 'CONTROLLER:PLAINTEXT'];
  if (security !== undefined) {
    listeners.push(`SASLSSL://localhost:${own.saslSsl ?? 0}`, `MTLS://localhost:${own.mutualTls ?? 0}`);
    protocols.push('SASLSSL:SASL_SSL', 'MTLS:SSL');
  }
  return {
    'process.roles': [...(isBroker ? ['broker'] : []), ...(isController ? ['controller'] : [])].join(','),
    'node.id': id,
    'controller.quorum.voters': voters(layout).join(','),
    listeners: listeners.join(','),
    'controller.listener.names': 'CONTROLLER',
    ...(isBroker && { 'inter.broker.listener.name': 'PLAINTEXT' }),
    'listener.security.protocol.map': protocols.join(','),
    'log.dirs': path.join(folder, `node-${id}`).replaceAll('\\', '/'),
  };
}

function voters({ all, brokers }: NodeLayout): string[] {
  const addresses = all.map((node, index) => `${index + 1}@127.0.0.1:${node.controller}`);
  return brokers === all.length ? addresses : addresses.slice(brokers);
}

function replication(nodes: number): Readonly<Record<string, number>> {
  const factor = Math.min(nodes, 3);
  const inSync = factor === 3 ? 2 : 1;
  return {
    'default.replication.factor': factor,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': factor,
    'transaction.state.log.replication.factor': factor,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': factor,
    'share.coordinator.state.topic.min.isr': inSync,
  };
}

function secured({ serverKeyStore, trustStore, users }: SecurityFiles): Readonly<Record<string, string>> {
  const login = 'org.apache.kafka.common.security';
  const passwords = users.map(({ name, password }) => `user_${name}="${password}"`).join(' ');
  return {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    'listener.name.saslssl.plain.sasl.jaas.config': `${login}.plain.PlainLoginModule required ${passwords};`,
    'listener.name.saslssl.scram-sha-256.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
    'listener.name.saslssl.scram-sha-512.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
    // Kafka's validator for developers: it takes tokens that nobody has signed.
    'listener.name.saslssl.oauthbearer.sasl.jaas.config': `${login}.oauthbearer.OAuthBearerLoginModule required;`,
    'listener.name.mtls.ssl.client.auth': 'required',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': serverKeyStore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': trustStore,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS;User:admin;User:CN=client',
    'allow.everyone.if.no.acl.found': 'false',
  };
}
