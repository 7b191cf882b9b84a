/** The topics of a sequence. `strict` needs two in-sync replicas and has one; `made` does not exist until it is created; `missing` never does. */
export const topicSlots = ['t0', 't1', 'strict', 'made', 'missing'] as const;
export type TopicSlot = (typeof topicSlots)[number];

export interface Place {
  readonly topic: TopicSlot;
  readonly partition: number;
}

/**
 * `a` and `zombie` share a transactional id, `b` has another; `i` and `j` are idempotent without one; `plain` has no
 * producer id at all.
 */
export type ProducerHandle = 'a' | 'zombie' | 'b' | 'i' | 'j' | 'plain';
export type Transactional = 'a' | 'zombie' | 'b';

/** `patient` rebalances for 20 s, so that only members can complete it; `hasty` for 700 ms, and every step waits for it. */
export type GroupSlot = 'patient' | 'hasty';
export type MemberHandle = 'm0' | 'm1' | 'm2';
/** `none`: no member id and generation −1, as a client without a group does it; `stranger`: an id nobody was given. */
export type MemberChoice = MemberHandle | 'none' | 'stranger';

/** Of the batches that a producer has sent to a partition. `repeat` resends the batch that was so many before the last. */
export type SequenceChoice =
  { readonly kind: 'next' | 'gap' | 'zero' | 'wrap' } | { readonly kind: 'repeat'; readonly back: number };

interface Versioned {
  readonly version: number;
}

/** What is added to the epoch, or the generation, that the broker told last. */
type Shift = -1 | 0 | 1;

interface InTransaction extends Versioned {
  readonly producer: Transactional;
  readonly epochShift: Shift;
}

export interface OffsetToCommit extends Place {
  readonly offset: number;
  readonly metadata: string | null;
}

/** One request, or one pause, in symbols: what they stand for is looked up in the answers of the broker concerned. */
export type Operation =
  | (Versioned & {
      readonly kind: 'init';
      readonly producer: Exclude<ProducerHandle, 'plain'>;
      readonly timeoutMs: number;
      readonly names: 'nothing' | 'own' | 'foreign id' | 'stale epoch' | 'future epoch';
    })
  | (Versioned & {
      readonly kind: 'produce';
      readonly producer: ProducerHandle;
      readonly place: Place;
      readonly records: number;
      readonly sequence: SequenceChoice;
      readonly epochShift: Shift;
      readonly transactional: boolean;
      readonly acks: number;
      readonly flaw: 'none' | 'checksum' | 'count' | 'empty' | 'two batches' | 'gzip';
    })
  | (InTransaction & { readonly kind: 'add partitions'; readonly places: readonly Place[] })
  | (InTransaction & { readonly kind: 'add offsets'; readonly group: GroupSlot })
  | (InTransaction & {
      readonly kind: 'commit in transaction';
      readonly group: GroupSlot;
      readonly member: MemberChoice;
      readonly generationShift: Shift;
      readonly offsets: readonly OffsetToCommit[];
    })
  | (InTransaction & { readonly kind: 'end'; readonly committed: boolean })
  | (Versioned & {
      readonly kind: 'fetch';
      readonly place: Place;
      readonly offset: number;
      readonly committed: boolean;
      readonly leaderEpoch: number;
      readonly lastFetchedEpoch: number;
      readonly maxBytes: number;
    })
  | (Versioned & {
      readonly kind: 'list offsets';
      readonly place: Place;
      /** −1 latest, −2 earliest, −3 largest timestamp; from 0 on: so many ms after the first record's time. */
      readonly at: number;
      readonly committed: boolean;
      readonly leaderEpoch: number;
    })
  | (Versioned & { readonly kind: 'delete records'; readonly place: Place; readonly offset: number })
  | (Versioned & {
      readonly kind: 'epoch end';
      readonly place: Place;
      readonly leaderEpoch: number;
      readonly currentLeaderEpoch: number;
    })
  | (Versioned & {
      readonly kind: 'commit offsets';
      readonly group: GroupSlot;
      readonly member: MemberChoice;
      readonly generationShift: Shift;
      readonly offsets: readonly OffsetToCommit[];
    })
  | (Versioned & {
      readonly kind: 'fetch offsets';
      readonly group: GroupSlot;
      readonly stable: boolean;
      /** Undefined: all that are committed. */
      readonly places: readonly Place[] | undefined;
    })
  | (Versioned & {
      readonly kind: 'join';
      readonly group: GroupSlot;
      readonly member: MemberHandle;
      readonly as: 'itself' | 'new' | 'stranger';
      readonly isStatic: boolean;
      readonly sessionTimeoutMs: number;
      readonly protocols: readonly string[];
      readonly protocolType: string;
      /** A change of it makes a member's rejoin a rebalance. */
      readonly subscribed: TopicSlot;
    })
  | (Versioned & {
      readonly kind: 'sync';
      readonly group: GroupSlot;
      readonly member: MemberHandle;
      readonly generationShift: Shift;
      readonly isStatic: boolean;
    })
  | (Versioned & {
      readonly kind: 'heartbeat';
      readonly group: GroupSlot;
      readonly member: MemberChoice;
      readonly generationShift: Shift;
      readonly isStatic: boolean;
    })
  | (Versioned & {
      readonly kind: 'leave';
      readonly group: GroupSlot;
      readonly member: MemberChoice;
      readonly isStatic: boolean;
    })
  | (Versioned & { readonly kind: 'describe group'; readonly group: GroupSlot })
  | (Versioned & { readonly kind: 'delete group'; readonly group: GroupSlot })
  | (Versioned & { readonly kind: 'list groups'; readonly group: GroupSlot })
  | (Versioned & {
      readonly kind: 'delete offsets';
      readonly group: GroupSlot;
      readonly places: readonly Place[];
    })
  | (Versioned & {
      readonly kind: 'create topic';
      readonly topic: TopicSlot | 'invalid name' | 'empty name';
      readonly partitions: number;
      readonly replication: number;
      readonly config: readonly [string, string] | undefined;
      readonly validateOnly: boolean;
    })
  | (Versioned & { readonly kind: 'delete topic'; readonly topic: 'made' | 'missing' })
  | (Versioned & {
      readonly kind: 'create partitions';
      readonly topic: 't1' | 'made' | 'missing';
      readonly count: number;
      readonly validateOnly: boolean;
    })
  | (Versioned & { readonly kind: 'metadata'; readonly topic: TopicSlot })
  | { readonly kind: 'pause'; readonly ms: number };

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;

/** Reads change nothing: where Kafka writes in the background, they may be asked again until it is done. */
export function isRead({ kind }: Operation): boolean {
  return reads.has(kind);
}

/** Kafka answers these when others have done their part. */
export function mayWait({ kind }: Operation): boolean {
  return kind === 'join' || kind === 'sync';
}

export function groupOf(operation: Operation): GroupSlot | undefined {
  return 'group' in operation ? operation.group : undefined;
}

const reads: ReadonlySet<Operation['kind']> = new Set([
  'fetch',
  'list offsets',
  'epoch end',
  'fetch offsets',
  'describe group',
  'list groups',
  'metadata',
]);
