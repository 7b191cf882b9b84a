import { textOf, type Told } from './answer.js';
import { groupOf, isRead, mayWait, type GroupSlot, type Operation } from './operation.js';
import { closingReads } from './closing-reads.js';
import { areBothNothing, bothAreRight } from './legal.js';
import { perform } from './perform.js';
import { somebody, type World } from './world.js';

/** Where the two brokers differ: the first operation that they answer differently, and both answers. */
export interface Mismatch {
  /** Of the operation in the sequence; its length and above: one of the reads that close it. */
  readonly index: number;
  readonly operation: Operation;
  readonly answers: readonly [string, string];
}

/** A sequence as it went. */
export interface Played {
  readonly mismatch: Mismatch | undefined;
  /** With the answer of the first broker, for the report. */
  readonly told: readonly { readonly operation: Operation; readonly answer: string }[];
  /** Operations left out because both brokers chose differently for the group, and both rightly (legal.ts). */
  readonly leftOut: number;
}

/** So long a JoinGroup or SyncGroup may be without an answer before it counts as waiting: Kafka answers in 2 to 5 ms. */
const patienceMs = 50;
/** In a hasty group every wait ends with the rebalance time-out of 700 ms, or with the session's. */
const hastyMs = 4000;
/** What one broker has answered, the other must answer within this time. */
const lagMs = 5000;
/** Background work of Kafka's that a read may not see at once: markers, offsets of a transaction, deletion of a topic. */
const settlingMs = 2500;

/** Sends each operation to both brokers at the same time, the next when both have answered, and stops at the first difference. */
export function play(worlds: readonly [World, World], operations: readonly Operation[]): Promise<Played> {
  return new Play(worlds).run(operations);
}

interface Waiting {
  readonly index: number;
  readonly operation: Operation;
  readonly both: readonly [Answering, Answering];
}

class Play {
  private waiting: readonly Waiting[] = [];
  private readonly told: { readonly operation: Operation; answer: string }[] = [];
  private readonly parted = new Set<GroupSlot>();
  private leftOut = 0;

  constructor(private readonly worlds: readonly [World, World]) {}

  async run(operations: readonly Operation[]): Promise<Played> {
    const all = [...operations, ...closingReads(operations)];
    for (const [index, operation] of all.entries()) {
      const mismatch = (await this.step(index, operation)) ?? (await this.overdue());
      if (mismatch !== undefined) return this.result(mismatch);
    }
    return this.result(undefined);
  }

  private result(mismatch: Mismatch | undefined): Played {
    return { mismatch, told: this.told, leftOut: this.leftOut };
  }

  private async step(index: number, operation: Operation): Promise<Mismatch | undefined> {
    const group = groupOf(operation);
    this.told.push({ operation, answer: '…' });
    if (group !== undefined && this.parted.has(group)) {
      this.leftOut += 1;
      return undefined;
    }
    if (mayWait(operation)) return this.sendAndWait(index, operation);
    const answers = await this.askBoth(operation);
    return this.compare(index, operation, answers);
  }

  private async askBoth(operation: Operation): Promise<readonly [string, string]> {
    for (const deadline = Date.now() + settlingMs; ;) {
      const [one, other] = await Promise.all(this.worlds.map((world) => perform(world, operation)));
      const answers = [textOf(one ?? null), textOf(other ?? null)] as const;
      const isSame = answers[0] === answers[1] || areBothNothing(operation, answers);
      if (isSame || !isRead(operation) || Date.now() > deadline) return answers;
      await delay(10);
    }
  }

  private async sendAndWait(index: number, operation: Operation): Promise<Mismatch | undefined> {
    const [one, other] = this.worlds;
    const both = [new Answering(perform(one, operation)), new Answering(perform(other, operation))] as const;
    const isHasty = groupOf(operation) === 'hasty';
    const either = Promise.race(both.map(({ promise }) => promise));
    await Promise.race([either, delay(isHasty ? hastyMs : patienceMs)]);
    return this.resolve({ index, operation, both });
  }

  /** Compares what has been answered by either; what has not by either waits on. */
  private async resolve(waiting: Waiting): Promise<Mismatch | undefined> {
    const { index, operation, both } = waiting;
    if (both.every(({ answer }) => answer === undefined)) {
      this.waiting = [...this.waiting.filter((one) => one !== waiting), waiting];
      return undefined;
    }
    this.waiting = this.waiting.filter((one) => one !== waiting);
    await Promise.race([Promise.all(both.map(({ promise }) => promise)), delay(lagMs)]);
    const [one, other] = both;
    const names = [one.text, other.text].some((text) => text.includes(somebody));
    if (names) await delay(30);
    return this.compare(index, operation, [one.text, other.text]);
  }

  /** The last operation may have been what an earlier one was waiting for. */
  private async overdue(): Promise<Mismatch | undefined> {
    if (this.waiting.length === 0) return undefined;
    await delay(15);
    for (const waiting of this.waiting) {
      const mismatch = await this.resolve(waiting);
      if (mismatch !== undefined) return mismatch;
    }
    return undefined;
  }

  private compare(
    index: number,
    operation: Operation,
    answers: readonly [string, string],
  ): Mismatch | undefined {
    const told = this.told[index];
    if (told !== undefined) told.answer = answers[0];
    if (answers[0] === answers[1] || areBothNothing(operation, answers)) return undefined;
    const group = groupOf(operation);
    if (group !== undefined && bothAreRight(operation, answers)) {
      this.parted.add(group);
      return undefined;
    }
    return { index, operation, answers };
  }
}

class Answering {
  answer: Told | undefined;

  constructor(readonly promise: Promise<Told>) {
    promise.then(
      (answer) => (this.answer = answer),
      (error: unknown) => (this.answer = String(error)),
    );
  }

  get text(): string {
    return this.answer === undefined ? 'no answer' : textOf(this.answer);
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
