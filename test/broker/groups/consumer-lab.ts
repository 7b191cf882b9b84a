import assert from 'node:assert/strict';
import { offsetCommitHandler } from '../../../src/broker/requests/08-offset-commit.js';
import { consumerGroupHeartbeatHandler } from '../../../src/broker/requests/68-consumer-group-heartbeat.js';
import { consumerGroupDescribeHandler } from '../../../src/broker/requests/69-consumer-group-describe.js';
import { Bench } from '../requests/broker-bench.js';

/** Topic name → partitions. */
export type Assigned = Readonly<Record<string, readonly number[]>>;

export interface Beating {
  readonly instanceId?: string;
  readonly rebalanceTimeoutMs?: number;
  readonly topics?: readonly string[];
  readonly regex?: string;
  readonly assignor?: string;
  readonly owned?: Assigned;
  readonly rackId?: string;
  readonly version?: number;
}

export interface Beaten {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly memberId: string | null;
  readonly epoch: number;
  readonly assigned: Assigned | null;
}

/** A broker with `group.version` 1 and topics a (4 partitions) and b (2), and what members of the group g say and hear. */
export class ConsumerLab {
  readonly bench: Bench;
  group = 'g';

  constructor(options: ConstructorParameters<typeof Bench>[0] = { nodes: 1, groupVersion: 1 }) {
    this.bench = new Bench(options);
    this.bench.topic('a', { partitions: 4 });
    this.bench.topic('b', { partitions: 2 });
  }

  async beat(memberId: string, memberEpoch: number, beating: Beating = {}): Promise<Beaten> {
    const { version = 1, topics, regex, assignor, owned, instanceId, rackId, rebalanceTimeoutMs } = beating;
    const answer = await this.bench.call(consumerGroupHeartbeatHandler, version, {
      ...{ groupId: this.group, memberId, memberEpoch, rebalanceTimeoutMs, instanceId, rackId },
      subscribedTopicNames: topics,
      subscribedTopicRegex: regex,
      serverAssignor: assignor,
      topicPartitions: owned && this.idsOf(owned),
    });
    const { errorCode, errorMessage, assignment } = answer;
    const assigned = assignment && this.namesOf(assignment.topicPartitions);
    return { errorCode, errorMessage, memberId: answer.memberId, epoch: answer.memberEpoch, assigned };
  }

  /** A full first request, for the topic a unless said. */
  join(memberId: string, beating: Beating = {}): Promise<Beaten> {
    return this.beat(memberId, 0, { rebalanceTimeoutMs: 5000, topics: ['a'], owned: {}, ...beating });
  }

  /** Error code, epoch and assignment: what most rules are about. */
  async heard(
    memberId: string,
    memberEpoch: number,
    beating: Beating = {},
  ): Promise<readonly [number, number, Assigned | null]> {
    const { errorCode, epoch, assigned } = await this.beat(memberId, memberEpoch, beating);
    return [errorCode, epoch, assigned];
  }

  async describe(groupId = this.group) {
    const answer = await this.bench.call(consumerGroupDescribeHandler, 1, { groupIds: [groupId] });
    const [described] = answer.groups;
    assert.ok(described);
    return described;
  }

  /** State, group epoch, assignment epoch. */
  async epochs(): Promise<readonly [string, number, number]> {
    const { groupState, groupEpoch, assignmentEpoch } = await this.describe();
    return [groupState, groupEpoch, assignmentEpoch];
  }

  async commit(memberId: string, epoch: number, version = 9): Promise<number | undefined> {
    const partitions = [{ partitionIndex: 0, committedOffset: 7n, committedMetadata: '' }];
    const response = await this.bench.call(offsetCommitHandler, version, {
      ...{ groupId: this.group, memberId, generationIdOrMemberEpoch: epoch },
      topics: [{ name: 'a', partitions }],
    });
    return response.topics[0]?.partitions[0]?.errorCode;
  }

  private idsOf(assigned: Assigned) {
    return Object.entries(assigned).map(([name, partitions]) => {
      const topic = this.bench.services.cluster.topic(name);
      assert.ok(topic);
      return { topicId: topic.id, partitions };
    });
  }

  private namesOf(
    lists: readonly { readonly topicId: string; readonly partitions: readonly number[] }[],
  ): Assigned {
    const { cluster } = this.bench.services;
    return Object.fromEntries(
      lists.map(({ topicId, partitions }) => [cluster.topicById(topicId)?.name ?? topicId, partitions]),
    );
  }
}
