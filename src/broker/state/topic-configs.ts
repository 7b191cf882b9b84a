/** Topic configurations of Kafka 3.9 (LogConfig) with their defaults. Those that the broker acts on are marked. */
export interface TopicConfigDefinition {
  readonly type: 'boolean' | 'int' | 'long' | 'double' | 'string' | 'list';
  readonly defaultValue: string;
  readonly allowed?: readonly string[];
  readonly min?: number;
}

const longMax = '9223372036854775807';

export const topicConfigDefinitions: Readonly<Record<string, TopicConfigDefinition>> = {
  // Acted on by DeleteRecords: a topic that is only compacted refuses it.
  'cleanup.policy': { type: 'list', defaultValue: 'delete', allowed: ['delete', 'compact'] },
  'compression.type': {
    type: 'string',
    defaultValue: 'producer',
    allowed: ['uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'],
  },
  'compression.gzip.level': { type: 'int', defaultValue: '-1', min: -1 },
  'compression.lz4.level': { type: 'int', defaultValue: '9', min: 1 },
  'compression.zstd.level': { type: 'int', defaultValue: '3', min: -131072 },
  'delete.retention.ms': { type: 'long', defaultValue: '86400000', min: 0 },
  'file.delete.delay.ms': { type: 'long', defaultValue: '60000', min: 0 },
  'flush.messages': { type: 'long', defaultValue: longMax, min: 1 },
  'flush.ms': { type: 'long', defaultValue: longMax, min: 0 },
  'follower.replication.throttled.replicas': { type: 'list', defaultValue: '' },
  'index.interval.bytes': { type: 'int', defaultValue: '4096', min: 0 },
  'leader.replication.throttled.replicas': { type: 'list', defaultValue: '' },
  'local.retention.bytes': { type: 'long', defaultValue: '-2', min: -2 },
  'local.retention.ms': { type: 'long', defaultValue: '-2', min: -2 },
  'max.compaction.lag.ms': { type: 'long', defaultValue: longMax, min: 1 },
  // Acted on by Produce.
  'max.message.bytes': { type: 'int', defaultValue: '1048588', min: 0 },
  'message.downconversion.enable': { type: 'boolean', defaultValue: 'true' },
  'message.format.version': { type: 'string', defaultValue: '3.0-IV1' },
  'message.timestamp.after.max.ms': { type: 'long', defaultValue: longMax, min: 0 },
  'message.timestamp.before.max.ms': { type: 'long', defaultValue: longMax, min: 0 },
  'message.timestamp.difference.max.ms': { type: 'long', defaultValue: longMax, min: 0 },
  // Acted on by Produce.
  'message.timestamp.type': {
    type: 'string',
    defaultValue: 'CreateTime',
    allowed: ['CreateTime', 'LogAppendTime'],
  },
  'min.cleanable.dirty.ratio': { type: 'double', defaultValue: '0.5', min: 0 },
  'min.compaction.lag.ms': { type: 'long', defaultValue: '0', min: 0 },
  // Acted on by Produce and by the high watermark.
  'min.insync.replicas': { type: 'int', defaultValue: '1', min: 1 },
  preallocate: { type: 'boolean', defaultValue: 'false' },
  'remote.log.copy.disable': { type: 'boolean', defaultValue: 'false' },
  'remote.log.delete.on.disable': { type: 'boolean', defaultValue: 'false' },
  'remote.storage.enable': { type: 'boolean', defaultValue: 'false' },
  'retention.bytes': { type: 'long', defaultValue: '-1', min: -1 },
  'retention.ms': { type: 'long', defaultValue: '604800000', min: -1 },
  'segment.bytes': { type: 'int', defaultValue: '1073741824', min: 14 },
  'segment.index.bytes': { type: 'int', defaultValue: '10485760', min: 4 },
  'segment.jitter.ms': { type: 'long', defaultValue: '0', min: 0 },
  'segment.ms': { type: 'long', defaultValue: '604800000', min: 1 },
  'unclean.leader.election.enable': { type: 'boolean', defaultValue: 'false' },
};

/** Undefined when the pair is acceptable, else a sentence for the wire's error message (with INVALID_CONFIG, 40). */
export function topicConfigProblem(name: string, value: string | null): string | undefined {
  const definition = topicConfigDefinitions[name];
  if (definition === undefined) return `Unknown topic config name: ${name}`;
  if (value === null) return `Null value not supported for topic config ${name}`;
  return isAcceptable(definition, value) ? undefined : `Invalid value ${value} for configuration ${name}`;
}

function isAcceptable(definition: TopicConfigDefinition, value: string): boolean {
  switch (definition.type) {
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'int':
    case 'long':
      return /^-?\d{1,19}$/.test(value) && Number(value) >= (definition.min ?? -Infinity);
    case 'double':
      return value.trim() !== '' && Number(value) >= (definition.min ?? -Infinity);
    case 'string':
      return definition.allowed?.includes(value) ?? true;
    case 'list':
      return value.split(',').every((entry) => definition.allowed?.includes(entry.trim()) ?? true);
  }
}
