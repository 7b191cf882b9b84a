import assert from 'node:assert/strict';
import { ClusterConnection } from '../../src/clients/cluster-connection.js';
import { readGroups, type GroupsOptions } from '../../src/cluster/read-all-groups.js';
import { readLag } from '../../src/cluster/read-lag.js';
import { adminOf, lagThroughAdmin } from './kafkajs-lag.js';

/** A way to read all lags. @returns how many requests it took, and for how many partitions there is a lag */
export type Way = () => Promise<{ readonly requests: number; readonly rows: number }>;

export interface Ways {
  /** As the view does it, on connections that are there; the members apart, as `lab lag` leaves them out. */
  readonly ours: Way;
  readonly withMembers: Way;
  /** As `lab lag` does it: connects, reads, disconnects. */
  readonly connecting: Way;
  /** kafkajs’s admin, which is connected, and which knows the topics after the first time. */
  readonly theirs: Way;
  readonly close: () => Promise<void>;
}

export async function connectWays(bootstrapServers: readonly string[]): Promise<Ways> {
  const connection = { bootstrapServers };
  const limits = { requestTimeoutMs: 60_000, connectionTimeoutMs: 10_000 };
  const cluster = await ClusterConnection.open({ clientId: 'bench', connection, ...limits });
  const admin = adminOf(bootstrapServers);
  await admin.connect();
  return {
    ours: () => reading(cluster, {}),
    withMembers: () => reading(cluster, { withMembers: true }),
    connecting: async () => {
      const { groups, requests } = await readLag({ connection });
      return { requests, rows: groups.flatMap(({ rows }) => rows).length };
    },
    theirs: () => lagThroughAdmin(admin),
    close: async () => {
      await admin.disconnect();
      await cluster.close();
    },
  };
}

async function reading(cluster: ClusterConnection, options: GroupsOptions): ReturnType<Way> {
  const before = cluster.requestCount;
  const { groups, problems } = await readGroups(cluster, options);
  assert.deepEqual(problems, []);
  const rows = groups.flatMap((group) => group.rows).filter(({ lag }) => lag.kind === 'known').length;
  return { requests: cluster.requestCount - before, rows };
}
