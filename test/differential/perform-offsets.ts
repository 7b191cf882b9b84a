import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import { offsetFetch } from '../../src/broker/protocol/messages/09-offset-fetch.js';
import { offsetDelete } from '../../src/broker/protocol/messages/47-offset-delete.js';
import { error, type Answer } from './answer.js';
import type { OperationOf } from './operation.js';
import { byTopic, offsetsByTopic, partitionErrors, slotOf } from './perform-transaction.js';
import type { World } from './world.js';

export async function performCommitOffsets(
  world: World,
  operation: OperationOf<'commit offsets'>,
): Promise<Answer> {
  const member = world.member(operation.group, operation.member);
  const { topics } = await world.side.ask(offsetCommit, operation.version, {
    groupId: world.groupId(operation.group),
    generationIdOrMemberEpoch: member.generation + operation.generationShift,
    memberId: member.memberId,
    topics: offsetsByTopic(world, operation.offsets),
  });
  return partitionErrors(world, topics);
}

/** From version 8 on an answer has its groups one level deeper. */
export async function performFetchOffsets(
  world: World,
  operation: OperationOf<'fetch offsets'>,
): Promise<Answer> {
  const groupId = world.groupId(operation.group);
  const topics = topicsAsked(world, operation);
  const response = await world.side.ask(offsetFetch, operation.version, {
    groupId,
    topics,
    groups: [{ groupId, topics }],
    requireStable: operation.stable,
  });
  const found = operation.version >= 8 ? response.groups[0] : response;
  const offsets = found?.topics.flatMap(({ name, partitions }) =>
    partitions.map((one) => {
      const committed = `${one.committedOffset} (${one.committedLeaderEpoch}) "${one.metadata ?? 'null'}"`;
      return `${slotOf(world, name)}/${one.partitionIndex} ${error(one.errorCode)} ${committed}`;
    }),
  );
  return { error: error(found?.errorCode), offsets: offsets?.sort() };
}

function topicsAsked(world: World, { places, version }: OperationOf<'fetch offsets'>) {
  // Version 1 cannot ask for all.
  if (places === undefined) return version < 2 ? [] : null;
  return byTopic(world, places).map(({ name, items }) => ({
    name,
    partitionIndexes: items.map(({ partition }) => partition),
  }));
}

export async function performDeleteOffsets(
  world: World,
  operation: OperationOf<'delete offsets'>,
): Promise<Answer> {
  const { errorCode, topics } = await world.side.ask(offsetDelete, operation.version, {
    groupId: world.groupId(operation.group),
    topics: byTopic(world, operation.places).map(({ name, items }) => ({
      name,
      partitions: items.map(({ partition }) => ({ partitionIndex: partition })),
    })),
  });
  return [error(errorCode), partitionErrors(world, topics)];
}
