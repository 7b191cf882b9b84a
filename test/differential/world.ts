import type { GroupSlot, MemberChoice, MemberHandle, Place, ProducerHandle, TopicSlot } from './operation.js';
import type { Side } from './side.js';

export interface SentBatch {
  readonly sequence: number;
  readonly records: number;
}

/** What a producer knows of itself, from the answers that it got. */
export interface ProducerState {
  producerId: bigint;
  epoch: number;
  /** By partition: the batches that were accepted, and the sequence that comes next. */
  readonly sent: Map<string, SentBatch[]>;
  readonly next: Map<string, number>;
}

export interface MemberState {
  /** Which of its joins told what stands here: of two answers that come together the later request counts. */
  join: number;
  memberId: string;
  generation: number;
  isLeader: boolean;
  protocolType: string | null;
  protocolName: string | null;
}

/** The names that a sequence uses; the same on both sides, and never used before. */
export interface Names {
  readonly prefix: string;
  readonly topics: Readonly<Record<TopicSlot, string>>;
  /** The time of the first record, in ms since the epoch: a little before now, or Kafka refuses it or deletes it. */
  readonly baseTime: number;
}

/** What a sequence has learned from one of the two brokers, and the symbols for what only that broker names. */
export class World {
  readonly topicIds: Map<TopicSlot, string>;
  private readonly producers = new Map<ProducerHandle, ProducerState>();
  private readonly members = new Map<string, MemberState>();
  private readonly producerSymbols = new Map<bigint, string>();
  private readonly joins = new Map<string, number>();
  private readonly memberSymbols = new Map<string, string>([['stranger', 'stranger']]);
  recordsMade = 0;

  constructor(
    readonly side: Side,
    readonly names: Names,
    topicIds: ReadonlyMap<TopicSlot, string>,
  ) {
    this.topicIds = new Map(topicIds);
  }

  /** A producer that was never initialised has an id that no broker gave out. */
  producer(handle: ProducerHandle): ProducerState {
    const known = this.producers.get(handle);
    if (known !== undefined) return known;
    const producerId = handle === 'plain' ? -1n : unknownProducerIds + BigInt(handle.length);
    const fresh = { producerId, epoch: handle === 'plain' ? -1 : 0, sent: new Map(), next: new Map() };
    this.producers.set(handle, fresh);
    return fresh;
  }

  transactionalId(handle: ProducerHandle): string | null {
    if (handle === 'a' || handle === 'zombie') return `${this.names.prefix}-x0`;
    return handle === 'b' ? `${this.names.prefix}-x1` : null;
  }

  member(group: GroupSlot, choice: MemberChoice): MemberState {
    const known = this.members.get(`${group}/${choice}`);
    if (known !== undefined) return known;
    const memberId = choice === 'stranger' ? 'stranger' : '';
    const generation = choice === 'none' ? -1 : choice === 'stranger' ? 1 : 0;
    const fresh = { join: 0, memberId, generation, isLeader: false, protocolType: null, protocolName: null };
    this.members.set(`${group}/${choice}`, fresh);
    return fresh;
  }

  groupId(group: GroupSlot): string {
    return `${this.names.prefix}-${group}`;
  }

  topic(slot: TopicSlot): string {
    return this.names.topics[slot];
  }

  topicId(slot: TopicSlot): string {
    return this.topicIds.get(slot) ?? unknownTopicId;
  }

  /** P0, P1 … for producer ids in the order in which they appear. */
  producerSymbol(producerId: bigint): string {
    if (producerId === -1n) return '-1';
    const symbol = this.producerSymbols.get(producerId) ?? `P${this.producerSymbols.size}`;
    this.producerSymbols.set(producerId, symbol);
    return symbol;
  }

  /** How many joins of this member were sent, the next one counted. */
  countJoin(group: GroupSlot, handle: MemberHandle): number {
    const key = `${group} ${handle}`;
    const count = (this.joins.get(key) ?? 0) + 1;
    this.joins.set(key, count);
    return count;
  }

  /** `patient m0 1`, `patient m0 2` … by the joins that brought them. */
  nameMember(memberId: string, symbol: string): void {
    if (memberId !== '' && !this.memberSymbols.has(memberId)) this.memberSymbols.set(memberId, symbol);
  }

  /** Nobody but the broker knows the id of a member that waits for its first answer. */
  memberSymbol(memberId: string): string {
    return memberId === '' ? '' : (this.memberSymbols.get(memberId) ?? somebody);
  }
}

export const somebody = 'somebody';

export function placeKey({ topic, partition }: Place): string {
  return `${topic}/${partition}`;
}

export function instanceOf(member: MemberHandle, isStatic: boolean): string | null {
  return isStatic ? `instance-${member}` : null;
}

const unknownProducerIds = 7_000_000_000n;
const unknownTopicId = 'AAAAAAAAAAAAAAAAAAABAg';
