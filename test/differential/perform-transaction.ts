import { initProducerId } from '../../src/broker/protocol/messages/22-init-producer-id.js';
import { addPartitionsToTxn } from '../../src/broker/protocol/messages/24-add-partitions-to-txn.js';
import { addOffsetsToTxn } from '../../src/broker/protocol/messages/25-add-offsets-to-txn.js';
import { endTxn } from '../../src/broker/protocol/messages/26-end-txn.js';
import { txnOffsetCommit } from '../../src/broker/protocol/messages/28-txn-offset-commit.js';
import { error, settled, unverifiedError, type Answer } from './answer.js';
import type { OffsetToCommit, OperationOf, Place } from './operation.js';
import type { ProducerState, World } from './world.js';

export async function performInit(world: World, operation: OperationOf<'init'>): Promise<Answer> {
  const producer = world.producer(operation.producer);
  const response = await settled(
    () =>
      world.side.ask(initProducerId, operation.version, {
        transactionalId: world.transactionalId(operation.producer),
        transactionTimeoutMs: operation.timeoutMs,
        ...named(producer, operation.names),
      }),
    ({ errorCode }) => errorCode,
  );
  const { errorCode, producerId, producerEpoch } = response;
  if (errorCode === 0) takeOver(producer, response);
  return { error: error(errorCode), producer: world.producerSymbol(producerId), epoch: producerEpoch };
}

/** KIP-360: a producer that names its id and epoch has its epoch raised, if nobody else did so before. */
function named({ producerId, epoch }: ProducerState, names: OperationOf<'init'>['names']) {
  switch (names) {
    case 'nothing':
      return {};
    case 'own':
      return { producerId, producerEpoch: epoch };
    case 'foreign id':
      return { producerId: producerId + 1_000_000n, producerEpoch: epoch };
    case 'stale epoch':
      return { producerId, producerEpoch: epoch - 1 };
    case 'future epoch':
      return { producerId, producerEpoch: epoch + 1 };
  }
}

export async function performAddPartitions(
  world: World,
  operation: OperationOf<'add partitions'>,
): Promise<Answer> {
  const { producerId, epoch } = world.producer(operation.producer);
  const places = byTopic(world, operation.places);
  const response = await settled(
    () =>
      world.side.ask(addPartitionsToTxn, operation.version, {
        v3AndBelowTransactionalId: world.transactionalId(operation.producer) ?? '',
        v3AndBelowProducerId: producerId,
        v3AndBelowProducerEpoch: epoch + operation.epochShift,
        v3AndBelowTopics: places.map(({ name, items }) => ({
          name,
          partitions: items.map(({ partition }) => partition),
        })),
      }),
    ({ resultsByTopicV3AndBelow: [topic] }) => topic?.resultsByPartition[0]?.partitionErrorCode,
  );
  return response.resultsByTopicV3AndBelow
    .flatMap(({ name, resultsByPartition }) =>
      resultsByPartition.map(
        (one) => `${slotOf(world, name)}/${one.partitionIndex} ${error(one.partitionErrorCode)}`,
      ),
    )
    .sort();
}

export async function performAddOffsets(
  world: World,
  operation: OperationOf<'add offsets'>,
): Promise<Answer> {
  const { producerId, epoch } = world.producer(operation.producer);
  const { errorCode } = await settled(
    () =>
      world.side.ask(addOffsetsToTxn, operation.version, {
        transactionalId: world.transactionalId(operation.producer) ?? '',
        producerId,
        producerEpoch: epoch + operation.epochShift,
        groupId: world.groupId(operation.group),
      }),
    (response) => response.errorCode,
  );
  return error(errorCode);
}

export async function performCommitInTransaction(
  world: World,
  operation: OperationOf<'commit in transaction'>,
): Promise<Answer> {
  const { producerId, epoch } = world.producer(operation.producer);
  const member = world.member(operation.group, operation.member);
  const { topics } = await settled(
    () =>
      world.side.ask(txnOffsetCommit, operation.version, {
        transactionalId: world.transactionalId(operation.producer) ?? '',
        groupId: world.groupId(operation.group),
        producerId,
        // No client sends a negative epoch; Kafka's group coordinator stumbles over it (−1).
        producerEpoch: Math.max(0, epoch + operation.epochShift),
        generationId: member.generation + operation.generationShift,
        memberId: member.memberId,
        topics: offsetsByTopic(world, operation.offsets),
      }),
    (response) => response.topics[0]?.partitions[0]?.errorCode,
  );
  return partitionErrors(world, topics, unverifiedError);
}

/**
 * Kafka answers as soon as the end is decided; the markers come later. The same request is repeated until it is no longer
 * answered 51: then they are written, and the repetition has changed nothing (kafka-facts: repeated in the same state, 0).
 */
export async function performEnd(world: World, operation: OperationOf<'end'>): Promise<Answer> {
  const { producerId, epoch } = world.producer(operation.producer);
  const ask = () =>
    world.side.ask(endTxn, operation.version, {
      transactionalId: world.transactionalId(operation.producer) ?? '',
      producerId,
      producerEpoch: epoch + operation.epochShift,
      committed: operation.committed,
    });
  const answer = await settled(ask, (response) => response.errorCode);
  if (answer.errorCode !== 0) return error(answer.errorCode);
  if (operation.version < 5) await settled(ask, (response) => response.errorCode);
  else takeOver(world.producer(operation.producer), answer);
  return operation.version < 5
    ? 'ok'
    : `ok ${world.producerSymbol(answer.producerId)}/${answer.producerEpoch}`;
}

/** From version 5 on every end raises the epoch (KIP-890): repeated, it would be another request. Later ones wait for its markers. */
function takeOver(
  producer: ProducerState,
  answer: { readonly producerId: bigint; readonly producerEpoch: number },
): void {
  Object.assign(producer, { producerId: answer.producerId, epoch: answer.producerEpoch });
  producer.next.clear();
  producer.sent.clear();
}

export function offsetsByTopic(world: World, offsets: readonly OffsetToCommit[]) {
  return byTopic(world, offsets).map(({ name, items }) => ({
    name,
    partitions: items.map(({ partition, offset, metadata }) => ({
      partitionIndex: partition,
      committedOffset: BigInt(offset),
      committedLeaderEpoch: -1,
      committedMetadata: metadata,
    })),
  }));
}

export function byTopic<Item extends Place>(
  world: World,
  items: readonly Item[],
): readonly { readonly name: string; readonly items: readonly Item[] }[] {
  const slots = [...new Set(items.map(({ topic }) => topic))];
  return slots.map((slot) => ({
    name: world.topic(slot),
    items: items.filter(({ topic }) => topic === slot),
  }));
}

export function slotOf(world: World, name: string): string {
  return Object.entries(world.names.topics).find(([, each]) => each === name)?.[0] ?? name;
}

export function partitionErrors(
  world: World,
  topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[],
  inWords = error,
): Answer {
  return topics
    .flatMap(({ name, partitions }) =>
      partitions.map((one) => `${slotOf(world, name)}/${one.partitionIndex} ${inWords(one.errorCode)}`),
    )
    .sort();
}
