/** The side of the log on which a guarantee is given; a pipeline is both (consume → process → produce). */
export type Side = 'producer' | 'consumer' | 'pipeline';

export type Guarantee = 'at-most-once' | 'at-least-once' | 'exactly-once';

/** Stable id: palette, command line, lessons and links use it. The pipeline is the seventh, beside the six. */
export type SemanticsId = `${Exclude<Side, 'pipeline'>}.${Guarantee}` | 'pipeline';

/**
 * One word of an actor's program. At most once and at least once differ by the order of two of these, so the order is
 * data: one interpreter walks the array, one small function a step.
 */
export type Step =
  | 'initialise' // InitProducerId: fences and ends what an earlier instance with this transactional id left behind
  | 'begin'
  | 'send'
  | 'transform' // pipeline: derive the output value from the record in hand
  | 'process' // the effect in the outside world: one entry in the effect ledger
  | 'process-if-new' // the same, deduplicated by (topic, partition, offset) in the ledger itself
  | 'commit-offset'
  | 'send-offsets' // offset + 1 into the open transaction
  | 'commit-transaction'
  | 'abort-transaction';

/** Settings that a learner sees; names are those of Kafka's own clients. */
export interface ProducerSettings {
  readonly acks: 0 | 1 | 'all';
  readonly retries: number;
  readonly idempotence: boolean;
  /** A role, made unique for each run; two actors with the same role share the id. */
  readonly transactionalId?: string;
}

export interface ConsumerSettings {
  readonly isolationLevel: 'read_committed' | 'read_uncommitted';
  readonly autoOffsetReset: 'earliest' | 'latest';
  /** A role, made unique for each run; two actors with the same role share the group. */
  readonly groupId: string;
}

/** What an actor does: once before its first message, for each message, and once after the last one. */
export interface Program {
  readonly before: readonly Step[];
  readonly each: readonly Step[];
  readonly after: readonly Step[];
}

export interface Semantics {
  readonly id: SemanticsId;
  readonly side: Side;
  readonly guarantee: Guarantee;
  readonly producer?: ProducerSettings;
  readonly consumer?: ConsumerSettings;
  readonly program: Program;
}
