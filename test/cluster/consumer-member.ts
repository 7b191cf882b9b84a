import assert from 'node:assert/strict';
import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import {
  consumerGroupHeartbeat,
  type ConsumerGroupHeartbeatResponse,
} from '../../src/broker/protocol/messages/68-consumer-group-heartbeat.js';
import { settled } from '../differential/answer.js';
import type { Side } from '../differential/side.js';
import { untilItSucceeds } from '../harness/processes.js';

/** The only version of Kafka 3.9: the broker gives the id. */
const version = 0;

/** A member of a KIP-848 group, which kafkajs cannot be: it joins, takes what it is assigned, and beats no more. */
export class ConsumerMember {
  private constructor(
    private readonly node: Side,
    private readonly groupId: string,
    readonly memberId: string,
    private memberEpoch: number,
  ) {}

  /** Resolves when it has `partitions` partitions of the topic. */
  static async join(node: Side, groupId: string, topic: string, partitions: number): Promise<ConsumerMember> {
    const request = {
      ...{ groupId, memberId: '', memberEpoch: 0, rebalanceTimeoutMs: 30_000 },
      ...{ subscribedTopicNames: [topic], topicPartitions: [] },
    };
    const joined = await settled(
      () => node.ask(consumerGroupHeartbeat, version, request),
      ({ errorCode }) => errorCode,
    );
    assert.equal(joined.errorCode, 0, joined.errorMessage ?? groupId);
    const member = new ConsumerMember(node, groupId, joined.memberId ?? '', joined.memberEpoch);
    await member.settle(joined, partitions);
    return member;
  }

  async commit(topic: string, partition: number, offset: bigint): Promise<void> {
    const partitions = [{ partitionIndex: partition, committedOffset: offset, committedMetadata: '' }];
    const { topics } = await this.node.ask(offsetCommit, 9, {
      groupId: this.groupId,
      generationIdOrMemberEpoch: this.memberEpoch,
      memberId: this.memberId,
      topics: [{ name: topic, partitions }],
    });
    assert.equal(topics[0]?.partitions[0]?.errorCode, 0);
  }

  async leave(): Promise<void> {
    const { errorCode } = await this.beat(-1);
    assert.equal(errorCode, 0);
  }

  /** Says that it has what it was assigned: only then the group is stable. */
  private async settle(joined: ConsumerGroupHeartbeatResponse, partitions: number): Promise<void> {
    let assigned = joined.assignment;
    const attempt = async (): Promise<void> => {
      const answer = await this.beat(this.memberEpoch, assigned?.topicPartitions);
      assert.equal(answer.errorCode, 0, answer.errorMessage ?? '');
      this.memberEpoch = answer.memberEpoch;
      assigned = answer.assignment ?? assigned;
      assert.equal(assigned?.topicPartitions.flatMap((one) => one.partitions).length, partitions);
      assert.equal(answer.assignment, null);
    };
    await untilItSucceeds('The member has its partitions', attempt, { timeoutMs: 20_000, everyMs: 50 });
  }

  private beat(
    memberEpoch: number,
    topicPartitions?: NonNullable<ConsumerGroupHeartbeatResponse['assignment']>['topicPartitions'],
  ): Promise<ConsumerGroupHeartbeatResponse> {
    const { groupId, memberId } = this;
    return this.node.ask(consumerGroupHeartbeat, version, {
      groupId,
      memberId,
      memberEpoch,
      topicPartitions,
    });
  }
}
