import {
  describeLogDirs,
  type DescribeLogDirsRequest,
  type DescribeLogDirsResponse,
} from '../protocol/messages/35-describe-log-dirs.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import type { RequestContext, RequestHandler } from './handler.js';

/**
 * DescribeLogDirs, versions 0–4 (KIP-113, KIP-827): the size in bytes of each partition of which this node has a replica. There is one
 * directory, and it is none: everything is in memory, hence no path, and the volume’s size stays unknown (−1). Partitions that this node
 * does not have are left out, as Kafka does (ReplicaManager.describeLogDirs).
 */
export const describeLogDirsHandler: RequestHandler<
  DescribeLogDirsRequest,
  Encodable<DescribeLogDirsResponse>
> = {
  api: describeLogDirs,
  versions: { min: 0, max: 4 },
  handle({ topics }, context, services) {
    const asked = topics ?? allTopics(services);
    return { results: [{ logDir: '', topics: asked.map((topic) => described(topic, context, services)) }] };
  },
};

interface Asked {
  readonly topic: string;
  readonly partitions: readonly number[];
}

function allTopics({ cluster }: BrokerServices): readonly Asked[] {
  return cluster.topics.map(({ name, partitions }) => ({
    topic: name,
    partitions: [...partitions.keys()],
  }));
}

function described({ topic, partitions }: Asked, { nodeId }: RequestContext, { cluster }: BrokerServices) {
  return {
    name: topic,
    partitions: partitions.flatMap((partitionIndex) => {
      const partition = cluster.partition(topic, partitionIndex);
      if (partition?.replicas.includes(nodeId) !== true) return [];
      return [{ partitionIndex, partitionSize: partition.log.sizeBytes, offsetLag: 0n, isFutureKey: false }];
    }),
  };
}
