import { ClusterConnection } from '../clients/cluster-connection.js';
import type { ConnectionSettings } from '../clients/connection-settings.js';
import type { GroupsReading } from './cluster.js';
import { readGroup, readGroups } from './read-all-groups.js';

export interface LagOptions {
  readonly connection: ConnectionSettings;
  /** This group alone; the ends of its partitions are looked at for transaction markers. */
  readonly group?: string;
  readonly signal?: AbortSignal;
}

export interface LagReading extends GroupsReading {
  /** Requests that were sent, handshakes apart. */
  readonly requests: number;
}

/**
 * All groups of a cluster with their offsets and lags, their members left out: two Metadata, and to each broker one ListGroups, one
 * OffsetFetch and three ListOffsets (before Kafka 3.0 an OffsetFetch for each group). Nothing is left on the cluster.
 * @throws LabError that says what is wrong with the address, the certificate or the login
 */
export async function readLag({ connection, group, signal }: LagOptions): Promise<LagReading> {
  const cluster = await ClusterConnection.open({
    clientId: 'kafka-lab-lag',
    connection,
    requestTimeoutMs: 5000,
    connectionTimeoutMs: 10_000,
    ...(signal && { signal }),
  });
  try {
    const reading = group === undefined ? await readGroups(cluster) : await readGroup(cluster, group);
    return { ...reading, requests: cluster.requestCount };
  } finally {
    await cluster.close();
  }
}
