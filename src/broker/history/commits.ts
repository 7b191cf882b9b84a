import type { OffsetCommitRequest, OffsetCommitResponse } from '../protocol/messages/08-offset-commit.js';
import type { Encodable } from '../protocol/schema.js';
import type { ExchangeEvent } from '../exchange-event.js';
import type { Operations } from './operations.js';

/** What OffsetCommit and TxnOffsetCommit have in common. */
type Commit = Pick<OffsetCommitRequest, 'groupId'> & {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly committedOffset: bigint }[];
  }[];
};

/** One `commit-offset` for each partition. Answers how to end them. */
export function beginCommits(
  event: ExchangeEvent,
  operations: Operations,
  transaction?: string,
): (response: unknown) => void {
  const { groupId: group, topics } = event.request as Commit;
  const commits = topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partitionIndex: partition, committedOffset }) => {
      const place = { group, topic, partition, offset: Number(committedOffset) };
      const what = {
        f: 'commit-offset',
        ...place,
        ...(transaction !== undefined && { transaction }),
      } as const;
      return { begun: operations.begin(event, what), topic, partition };
    }),
  );
  return (response) => {
    for (const { begun, topic, partition } of commits) {
      const code = errorAt(response, topic, partition);
      if (code === undefined) operations.leaveOpen(begun);
      else operations.answer(begun, code);
    }
  };
}

function errorAt(response: unknown, topic: string, partition: number): number | undefined {
  const answer = (response as Encodable<OffsetCommitResponse> | undefined)?.topics
    ?.find(({ name }) => name === topic)
    ?.partitions?.find(({ partitionIndex = 0 }) => partitionIndex === partition);
  return answer && (answer.errorCode ?? 0);
}
