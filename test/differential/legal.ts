import type { Operation } from './operation.js';

/**
 * Whether two different answers are both Kafka's, because Kafka itself leaves the choice to chance. From then on the two
 * brokers' groups are not comparable: the rest of what a sequence does with the group is left out.
 */
export function bothAreRight({ kind }: Operation, answers: readonly [string, string]): boolean {
  return (
    kind === 'join' && answers.every(isJoined) && withoutChoices(answers[0]) === withoutChoices(answers[1])
  );
}

/**
 * A group of which nothing is left may be described as empty or as dead: when Kafka 3.9 forgets it depends on what else is deleted,
 * and Kafka 4 has never made it. Whether it is there at all, ListGroups and DeleteGroups tell.
 */
export function areBothNothing({ kind }: Operation, answers: readonly [string, string]): boolean {
  const [one, other] = answers.map((answer) => answer.replace('"state":"Dead"', '"state":"Empty"'));
  return kind === 'describe group' && one === other;
}

function isJoined(answer: string): boolean {
  return answer.startsWith('{"error":"ok"');
}

/**
 * When the leader has gone, the next one is whoever comes first in a hash map by random member ids, and so is the protocol of
 * two with equally many votes (GroupMetadata.maybeElectNewJoinedLeader, selectProtocol). Only the leader is told the members.
 */
function withoutChoices(answer: string): string {
  return answer.replace(/"leader":"[^"]*","protocol":"[^"]*"/, '').replace(/"members":\[.*\]/, '');
}
