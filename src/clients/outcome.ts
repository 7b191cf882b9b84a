import { definiteErrors, definiteErrorsOfEnd } from '../core/history/definite-errors.js';

/** How an operation that did not succeed is to be read: `fail` = surely without effect, `info` = nobody knows. */
export interface Outcome {
  readonly type: 'fail' | 'info';
  readonly error: string;
  /** Kafka's error code, when a broker answered. */
  readonly code?: number;
}

export interface Attempt {
  /** Commit or abort of a transaction. */
  readonly endsTransaction: boolean;
  /** How often the tap saw the request go out. */
  readonly transmissions: number;
}

/** After a repeated request the last answer says nothing about the earlier ones, any of which may have been applied. */
export function outcomeOf(error: unknown, attempt: Attempt): Outcome {
  const { message, code } = rootOf(error);
  const codes = attempt.endsTransaction ? definiteErrorsOfEnd : definiteErrors;
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
