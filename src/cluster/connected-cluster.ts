import { ClusterConnection } from '../clients/cluster-connection.js';
import type { ConnectionSettings } from '../clients/connection-settings.js';
import { diagnose } from '../clients/diagnose.js';
import type { LogReading, LogRequest } from '../core/log/log.js';
import { deleteGroup, deleteOffsets } from './change-groups.js';
import { createTopic, deleteTopic } from './change-topics.js';
import type {
  Cluster,
  GroupsReading,
  GroupState,
  NewTopic,
  PartitionState,
  ResetPlan,
  ResetRequest,
  TopicPartition,
  TopicSummary,
} from './cluster.js';
import { readGroup, readGroups } from './read-all-groups.js';
import { readLog } from './read-log.js';
import { readPartitions, readTopics } from './read-topics.js';
import { applyReset, planReset } from './reset-offsets.js';

export interface ClusterSettings {
  readonly connection: ConnectionSettings;
  readonly signal?: AbortSignal;
  /** What the client library says of itself; never a secret. */
  readonly log?: (line: string) => void;
}

const requestTimeoutMs = 5_000;
const connectionTimeoutMs = 10_000;

/** @throws LabError that says what is wrong with the address, the certificate or the login */
export async function openCluster({ connection, signal, log }: ClusterSettings): Promise<Cluster> {
  const opened = await ClusterConnection.open({
    clientId: 'kafka-lab-inspector',
    ...{ connection, requestTimeoutMs, connectionTimeoutMs },
    ...(log && { log: ({ message }) => log(message) }),
    ...(signal && { signal }),
  });
  return new ConnectedCluster(opened, connection);
}

/** One connection to each node, opened when it is needed, and again when it was lost. */
class ConnectedCluster implements Cluster {
  constructor(
    private readonly connection: ClusterConnection,
    private readonly settings: ConnectionSettings,
  ) {}

  get requestCount(): number {
    return this.connection.requestCount;
  }

  topics(): Promise<readonly TopicSummary[]> {
    return this.plainly(() => readTopics(this.connection));
  }

  partitions(topic: string): Promise<readonly PartitionState[]> {
    return this.plainly(() => readPartitions(this.connection, topic));
  }

  groups(): Promise<GroupsReading> {
    return this.plainly(() => readGroups(this.connection, { withMembers: true }));
  }

  group(groupId: string): Promise<GroupState | undefined> {
    return this.plainly(async () => {
      const { groups, problems } = await readGroup(this.connection, groupId, { withMembers: true });
      const [group] = groups;
      const [problem] = problems;
      // The node that did not answer may be the one that has it.
      if (group === undefined && problem !== undefined) throw new Error(problem.reason);
      return group;
    });
  }

  createTopic(topic: NewTopic): Promise<void> {
    return this.plainly(() => createTopic(this.connection, topic));
  }

  deleteTopic(name: string): Promise<void> {
    return this.plainly(() => deleteTopic(this.connection, name));
  }

  planReset(request: ResetRequest): Promise<ResetPlan> {
    return this.plainly(() => planReset(this.connection, request));
  }

  applyReset(plan: ResetPlan, direction: 'apply' | 'undo'): Promise<void> {
    return this.plainly(() => applyReset(this.connection, plan, direction));
  }

  deleteGroup(groupId: string): Promise<void> {
    return this.plainly(() => deleteGroup(this.connection, groupId));
  }

  deleteOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<void> {
    return this.plainly(() => deleteOffsets(this.connection, groupId, partitions));
  }

  readLog(request: LogRequest): Promise<LogReading> {
    return this.plainly(() => readLog(this.connection, request));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Whatever goes wrong is told as one `LabError`. */
  private async plainly<Value>(act: () => Promise<Value>): Promise<Value> {
    try {
      return await act();
    } catch (error) {
      const [server = ''] = this.settings.bootstrapServers;
      const { sasl } = this.settings;
      throw diagnose(error, { server, hasAnswered: true, ...(sasl && { sasl }) });
    }
  }
}
