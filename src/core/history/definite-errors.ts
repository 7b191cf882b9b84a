/**
 * Codes that a broker answers before it does anything (Kafka's `Errors`): authorization, invalid or unknown topic, fencing, wrong
 * member, sequence and record checks. NOT_LEADER_OR_FOLLOWER (6) is not among them: after the append the leader may have moved
 * (KAFKA-13574); REQUEST_TIMED_OUT (7) and NOT_ENOUGH_REPLICAS_AFTER_APPEND (20) come after the append.
 */
export const definiteErrors: ReadonlySet<number> = new Set([
  2, 3, 10, 17, 18, 19, 21, 22, 25, 27, 29, 30, 31, 32, 35, 44, 45, 47, 48, 49, 53, 54, 58, 87, 90,
]);

/** EndTxn: only an answer that refuses the producer as such tells for sure that its transaction was not ended by it. */
export const definiteErrorsOfEnd: ReadonlySet<number> = new Set([47, 49, 53, 90]);
