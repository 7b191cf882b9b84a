import { errorName } from '../broker/protocol/errors.js';
import { offsetFetch } from '../broker/protocol/messages/09-offset-fetch.js';
import { listGroups } from '../broker/protocol/messages/16-list-groups.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import type { Committed } from '../core/lag/lag.js';

/** What is needed of a cluster here. */
export type Nodes = Pick<ClusterConnection, 'newestVersion' | 'request'>;

export interface ListedGroup {
  readonly groupId: string;
  /** `classic`, `consumer`, `share`, `streams` …; empty where the broker is too old to tell (before Kafka 3.8). */
  readonly type: string;
  /** Empty before Kafka 2.6. */
  readonly state: string;
}

/** A share group's offsets are those of single records: none is committed. */
const withoutCommits: ReadonlySet<string> = new Set(['share']);

export interface StoredOffset {
  readonly topic: string;
  readonly partition: number;
  readonly committed: Committed;
}

/** Only groups of consumers; a protocol of another kind (Connect's workers) has members alone. */
export async function groupsOf(cluster: Nodes, node: number): Promise<readonly ListedGroup[]> {
  const version = await cluster.newestVersion(node, listGroups, 5);
  const { errorCode, groups } = await cluster.request(node, listGroups, version, {});
  if (errorCode !== 0) throw new Error(errorName(errorCode));
  return groups
    .filter(({ protocolType }) => readers.has(protocolType))
    .map(({ groupId, groupType: type, groupState: state }) => ({ groupId, type, state }));
}

/** Empty: a group in which nobody has ever been, and that has stored offsets. */
const readers: ReadonlySet<string> = new Set(['consumer', 'share', 'streams', '']);

/** Every offset that the groups have stored, by group id; their coordinator must be the node. An Error stands for a group's own. */
export async function offsetsOf(
  cluster: Nodes,
  node: number,
  groups: readonly ListedGroup[],
): Promise<ReadonlyMap<string, readonly StoredOffset[] | Error>> {
  const groupIds = groups.filter(({ type }) => !withoutCommits.has(type)).map(({ groupId }) => groupId);
  if (groupIds.length === 0) return new Map();
  const version = await cluster.newestVersion(node, offsetFetch, 8);
  return version >= 8 ? allAtOnce(cluster, node, groupIds) : oneByOne(cluster, node, groupIds, version);
}

async function allAtOnce(cluster: Nodes, node: number, groupIds: readonly string[]) {
  const { groups } = await cluster.request(node, offsetFetch, 8, {
    groups: groupIds.map((groupId) => ({ groupId, topics: null })),
    requireStable: false,
  });
  return new Map(groups.map((group) => [group.groupId, storedIn(group)]));
}

/** Before version 8 a request is about one group; they are sent without waiting for one another. */
async function oneByOne(cluster: Nodes, node: number, groupIds: readonly string[], version: number) {
  const answers = groupIds.map(async (groupId) => {
    const answer = await cluster.request(node, offsetFetch, version, { groupId, topics: null });
    return [groupId, storedIn(answer)] as const;
  });
  return new Map(await Promise.all(answers));
}

interface OffsetAnswer {
  readonly errorCode: number;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly committedOffset: bigint;
      readonly metadata: string | null;
      readonly errorCode: number;
    }[];
  }[];
}

function storedIn({ errorCode, topics }: OffsetAnswer): readonly StoredOffset[] | Error {
  if (errorCode !== 0) return new Error(errorName(errorCode));
  return topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partitionIndex: partition, committedOffset, metadata, errorCode: error }) => ({
      topic,
      partition,
      committed:
        error === 0
          ? committedAt(committedOffset, metadata)
          : { kind: 'unreadable', reason: errorName(error) },
    })),
  );
}

/** Asked for all that is stored, Kafka names no partition without a commit: a negative offset was committed as such. */
function committedAt(offset: bigint, metadata: string | null): Committed {
  if (offset >= 0n)
    return { kind: 'offset', offset, ...(metadata !== null && metadata !== '' && { metadata }) };
  return { kind: 'reset', to: offset === -2n ? 'earliest' : 'latest' };
}
