import type { ClusterConnection } from '../clients/cluster-connection.js';
import { deleteGroup, leaveGroup, listGroups } from '../clients/groups.js';
import { deleteTopics } from '../clients/topics.js';
import { isLabName } from './names.js';

/** What a killed process left behind on a real cluster. */
export interface Leftovers {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
}

export interface Member {
  readonly group: string;
  readonly memberId: string;
}

/** Everything of the lab's on the cluster except what is `inUse` by this lab now. */
export async function findLeftovers(cluster: ClusterConnection, inUse: Leftovers): Promise<Leftovers> {
  const [{ topics }, groups] = await Promise.all([cluster.describe(null), listGroups(cluster)]);
  const names = topics.flatMap(({ name, isInternal }) => (name === null || isInternal ? [] : [name]));
  return {
    topics: names.filter((name) => isLabName(name) && !inUse.topics.includes(name)),
    groups: groups.filter((group) => isLabName(group) && !inUse.groups.includes(group)),
  };
}

/** Says good-bye for members that died, then deletes topics and groups. Tries all before it rejects with the first error. */
export async function remove(
  cluster: ClusterConnection,
  { topics, groups }: Leftovers,
  members: readonly Member[] = [],
): Promise<void> {
  const goodbyes = await Promise.allSettled(
    members.map(({ group, memberId }) => leaveGroup(cluster, group, memberId)),
  );
  const deletions = await Promise.allSettled([
    deleteTopics(cluster, topics),
    ...groups.map((group) => deleteGroup(cluster, group)),
  ]);
  for (const result of [...goodbyes, ...deletions]) if (result.status === 'rejected') throw result.reason;
}
