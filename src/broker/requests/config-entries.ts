import type { BrokerServices } from '../services.js';
import { topicConfigDefinitions, type TopicConfigDefinition } from '../state/topic-configs.js';
import type { Topic } from '../state/topic.js';

/** ConfigResource.Type */
export const resourceType = { topic: 2, broker: 4 } as const;

/** DescribeConfigsResponse.ConfigSource */
export const configSource = { dynamicTopic: 1, staticBroker: 4, default: 5 } as const;

/** DescribeConfigsResponse.ConfigType */
const configTypeCodes = { boolean: 1, string: 2, int: 3, long: 5, double: 6, list: 7 } as const;

export interface ConfigEntry {
  readonly name: string;
  readonly value: string;
  readonly type: TopicConfigDefinition['type'];
  /** Set for this resource, not the default. */
  readonly isSet: boolean;
}

export function configTypeCode({ type }: ConfigEntry): number {
  return configTypeCodes[type];
}

export function effectiveTopicConfigs(topic: Topic): readonly ConfigEntry[] {
  return Object.entries(topicConfigDefinitions).map(([name, { type }]) => ({
    name,
    type,
    value: topic.config(name),
    isSet: topic.configs.has(name),
  }));
}

export function topicConfigSource({ isSet }: ConfigEntry): number {
  return isSet ? configSource.dynamicTopic : configSource.default;
}

/** What of a node's server.properties has a meaning here; all of it is fixed when the broker starts. */
export function brokerConfigs(nodeId: number, { cluster, groups }: BrokerServices): readonly ConfigEntry[] {
  const { host, port } = cluster.node(nodeId) ?? { host: '', port: 0 };
  const listener = `PLAINTEXT://${host}:${port}`;
  return [
    entry('broker.id', 'int', nodeId),
    entry('node.id', 'int', nodeId),
    entry('listeners', 'string', listener),
    entry('advertised.listeners', 'string', listener),
    entry('auto.create.topics.enable', 'boolean', cluster.autoCreateTopics),
    entry('num.partitions', 'int', cluster.defaultPartitions),
    entry('default.replication.factor', 'int', cluster.defaultReplicationFactor),
    entry('delete.topic.enable', 'boolean', true),
    entry('group.initial.rebalance.delay.ms', 'int', groups.options.initialRebalanceDelayMs),
    entry('group.min.session.timeout.ms', 'int', groups.options.minSessionTimeoutMs),
    entry('group.max.session.timeout.ms', 'int', groups.options.maxSessionTimeoutMs),
    entry('offset.metadata.max.bytes', 'int', 4096),
    entry('transaction.max.timeout.ms', 'int', 900_000),
    ...defaultsOf('min.insync.replicas', 'unclean.leader.election.enable', 'compression.type'),
  ];
}

function entry(name: string, type: ConfigEntry['type'], value: string | number | boolean): ConfigEntry {
  return { name, type, value: String(value), isSet: true };
}

/** Defaults for topics under the same name in the broker's configuration. */
function defaultsOf(...names: string[]): readonly ConfigEntry[] {
  return names.flatMap((name) => {
    const definition = topicConfigDefinitions[name];
    return definition ? [{ name, type: definition.type, value: definition.defaultValue, isSet: false }] : [];
  });
}
