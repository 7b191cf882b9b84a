import assert from 'node:assert/strict';
import { produceHandler } from '../../../src/broker/requests/00-produce.js';
import { addPartitionsToTxnHandler } from '../../../src/broker/requests/24-add-partitions-to-txn.js';
import { initProducerIdHandler } from '../../../src/broker/requests/22-init-producer-id.js';
import { endTxnHandler } from '../../../src/broker/requests/26-end-txn.js';
import { txnOffsetCommitHandler } from '../../../src/broker/requests/28-txn-offset-commit.js';
import type { ProducerIdentity } from '../../../src/broker/state/transaction-results.js';
import type { Bench } from './broker-bench.js';
import { batchOf } from './client.js';

interface Writing extends Partial<ProducerIdentity> {
  readonly version?: number;
  readonly transactionalId?: string;
  readonly topic?: string;
}

/** A transactional producer that speaks the versions of KIP-890, and others when it is told to. */
export class ProducerV2 {
  identity: ProducerIdentity = { producerId: -1n, epoch: -1 };

  constructor(
    private readonly bench: Bench,
    readonly transactionalId = 'tx',
  ) {}

  /** Error code, producer id, epoch. */
  async init(timeoutMs = 20_000): Promise<readonly [number, bigint, number]> {
    const { transactionalId } = this;
    const request = { transactionalId, transactionTimeoutMs: timeoutMs };
    const { errorCode, producerId, producerEpoch } = await this.bench.call(initProducerIdHandler, 4, request);
    if (errorCode === 0) this.identity = { producerId, epoch: producerEpoch };
    return [errorCode, producerId, producerEpoch];
  }

  /** Error code and base offset of one record to partition 0. */
  async write(sequence: number, writing: Writing = {}): Promise<readonly [number, bigint]> {
    const { version = 12, transactionalId = this.transactionalId, topic = 't' } = writing;
    const { producerId, epoch: producerEpoch } = { ...this.identity, ...writing };
    const producer = { producerId, producerEpoch, baseSequence: sequence, isTransactional: true };
    const partitionData = [{ index: 0, records: batchOf(['x'], producer) }];
    const request = {
      transactionalId,
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: topic, partitionData }],
    };
    const response = await this.bench.call(produceHandler, version, request);
    const answer = response.responses[0]?.partitionResponses[0];
    assert.ok(answer);
    return [answer.errorCode, answer.baseOffset];
  }

  /** AddPartitionsToTxn 3, as clients before KIP-890 send it. */
  async add(topic = 't', identity = this.identity): Promise<number | undefined> {
    const response = await this.bench.call(addPartitionsToTxnHandler, 3, {
      v3AndBelowTransactionalId: this.transactionalId,
      v3AndBelowProducerId: identity.producerId,
      v3AndBelowProducerEpoch: identity.epoch,
      v3AndBelowTopics: [{ name: topic, partitions: [0] }],
    });
    return response.resultsByTopicV3AndBelow[0]?.resultsByPartition[0]?.partitionErrorCode;
  }

  async commitOffset(version = 5, identity = this.identity): Promise<number | undefined> {
    const { producerId, epoch: producerEpoch } = identity;
    const partitions = [{ partitionIndex: 0, committedOffset: 5n, committedMetadata: '' }];
    const response = await this.bench.call(txnOffsetCommitHandler, version, {
      ...{ transactionalId: this.transactionalId, groupId: 'g', producerId, producerEpoch },
      topics: [{ name: 't', partitions }],
    });
    return response.topics[0]?.partitions[0]?.errorCode;
  }

  /** Error code, producer id, epoch; takes what it is answered, as clients do. */
  async end(
    committed: boolean,
    { version = 5, identity = this.identity } = {},
  ): Promise<readonly [number, bigint, number]> {
    const { producerId, epoch } = identity;
    const answer = await this.bench.call(endTxnHandler, version, {
      ...{ transactionalId: this.transactionalId, producerId, producerEpoch: epoch, committed },
    });
    if (answer.errorCode === 0 && version >= 5) {
      this.identity = { producerId: answer.producerId, epoch: answer.producerEpoch };
    }
    return [answer.errorCode, answer.producerId, answer.producerEpoch];
  }

  get state(): string | undefined {
    return this.bench.services.transactions.describe(this.transactionalId)?.state;
  }
}
