/** How an operation that did not succeed is to be read: `fail` = surely without effect, `info` = nobody knows. */
export interface Outcome {
  readonly type: 'fail' | 'info';
  readonly error: string;
  /** Kafka's error code, when a broker answered. */
  readonly code?: number;
}

/**
 * Codes that a broker answers before it does anything (Kafka's `Errors`): authorization, invalid or unknown topic, fencing, wrong
 * member, sequence and record checks. NOT_LEADER_OR_FOLLOWER (6) is not among them: after the append the leader may have moved
 * (KAFKA-13574); REQUEST_TIMED_OUT (7) and NOT_ENOUGH_REPLICAS_AFTER_APPEND (20) come after the append.
 */
const definite: ReadonlySet<number> = new Set([
  2, 3, 10, 17, 18, 19, 21, 22, 25, 27, 29, 30, 31, 32, 35, 44, 45, 47, 48, 49, 53, 54, 58, 87, 90,
]);

/** EndTxn: only an answer that refuses the producer as such tells for sure that its transaction was not ended by it. */
const definiteForEnd: ReadonlySet<number> = new Set([47, 49, 53, 90]);

export interface Attempt {
  /** Commit or abort of a transaction. */
  readonly endsTransaction: boolean;
  /** How often the tap saw the request go out. */
  readonly transmissions: number;
}

/** After a repeated request the last answer says nothing about the earlier ones, any of which may have been applied. */
export function outcomeOf(error: unknown, attempt: Attempt): Outcome {
  const { message, code } = rootOf(error);
  const codes = attempt.endsTransaction ? definiteForEnd : definite;
  const sure = code !== undefined && codes.has(code) && attempt.transmissions <= 1;
  return { type: sure ? 'fail' : 'info', error: message, ...(code !== undefined && { code }) };
}

export interface ErrorRoot {
  readonly message: string;
  /** Kafka's error code. */
  readonly code?: number;
  /** Kafka's name of it, as kafkajs knows it. */
  readonly type?: string;
}

/** What the broker said: kafkajs wraps its answer, sometimes twice (`KafkaJSNumberOfRetriesExceeded` → cause). */
export function rootOf(error: unknown): ErrorRoot {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const code: unknown = Reflect.get(current, 'code');
    const type: unknown = Reflect.get(current, 'type');
    if (typeof code === 'number') {
      return { message: current.message, code, ...(typeof type === 'string' && { type }) };
    }
  }
  return { message: error instanceof Error ? error.message : String(error) };
}
