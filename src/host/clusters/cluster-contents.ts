import type { Cluster, GroupState, PartitionState, TopicSummary } from '../../cluster/cluster.js';
import { Kept } from './kept.js';

export interface Groups {
  /** By name, in its order. */
  readonly groups: ReadonlyMap<string, GroupState>;
  readonly problems: readonly { readonly node: number; readonly reason: string }[];
}

/** What the view shows of one cluster: each part is read when it is first looked at, and again when it is asked to be. */
export class ClusterContents {
  readonly topics: Kept<ReadonlyMap<string, TopicSummary>>;
  readonly groups: Kept<Groups>;
  private readonly partitionsOf = new Map<string, Kept<readonly PartitionState[]>>();
  private readonly details = new Map<string, Kept<GroupState | undefined>>();

  constructor(
    private readonly open: () => Promise<Cluster>,
    private readonly failed: (error: unknown) => void,
  ) {
    this.topics = this.kept(async (cluster) => byName(await cluster.topics(), ({ name }) => name));
    this.groups = this.kept(async (cluster) => {
      const { groups, problems } = await cluster.groups();
      return { groups: byName(groups, ({ groupId }) => groupId), problems };
    });
  }

  partitions(topic: string): Kept<readonly PartitionState[]> {
    return keptIn(this.partitionsOf, topic, () => this.kept((cluster) => cluster.partitions(topic)));
  }

  /** A group looked at by itself, which tells its markers too. */
  group(groupId: string): Kept<GroupState | undefined> {
    return keptIn(this.details, groupId, () => this.kept((cluster) => cluster.group(groupId)));
  }

  /** What is known of a group: by itself, or else from the list of all. */
  latestOf(groupId: string): GroupState | undefined {
    return this.details.get(groupId)?.value ?? this.groups.value?.groups.get(groupId);
  }

  /** The list is newer than what was read of single groups before. */
  async renewGroups(): Promise<void> {
    await this.groups.renew();
    this.details.clear();
  }

  private kept<Value>(read: (cluster: Cluster) => Promise<Value>): Kept<Value> {
    return new Kept(async () => read(await this.open()), this.failed);
  }
}

function keptIn<Value>(all: Map<string, Kept<Value>>, name: string, create: () => Kept<Value>): Kept<Value> {
  const found = all.get(name) ?? create();
  all.set(name, found);
  return found;
}

function byName<Value>(
  values: readonly Value[],
  nameOf: (value: Value) => string,
): ReadonlyMap<string, Value> {
  return new Map(values.map((value) => [nameOf(value), value]));
}
