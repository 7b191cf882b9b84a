import type { ClusterConnection } from '../clients/cluster-connection.js';
import { deleteGroup, listGroups } from '../clients/groups.js';
import { deleteTopics } from '../clients/topics.js';
import { isLabName } from './names.js';

/** What a killed process left behind on a real cluster. */
export interface Leftovers {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
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

/** Tries to delete all before it rejects with the first error. */
export async function remove(cluster: ClusterConnection, { topics, groups }: Leftovers): Promise<void> {
  const deletions = await Promise.allSettled([
    deleteTopics(cluster, topics),
    ...groups.map((group) => deleteGroup(cluster, group)),
  ]);
  for (const result of deletions) if (result.status === 'rejected') throw result.reason;
}
