import type { CommonVersions } from './draw.js';
import { describeOperation, describeSequence } from './describe.js';
import { generate, type Theme } from './generate.js';
import { groupOf, type Operation } from './operation.js';
import { play, type Mismatch, type Played } from './play.js';
import { shrink } from './shrink.js';
import type { Side } from './side.js';
import { TopicPool, type FreshWorlds } from './topic-pool.js';
import { Turnstile, type Manners } from './turnstile.js';

export interface SessionOptions {
  readonly seed: number;
  readonly sequences: number;
  /** The number of the first sequence; a report names it, so that one alone can be played again. */
  readonly first?: number;
  /** How many sequences are under way at the same time; each has its own names. */
  readonly atOnce?: number;
  /** Stops after so many differences. */
  readonly most?: number;
  /** Of all sequences; any unless said. */
  readonly theme?: Theme;
  readonly log: (line: string) => void;
}

export interface SessionResult {
  readonly sequences: number;
  readonly operations: number;
  readonly leftOut: number;
  /** Differences that were there in three plays out of three, shrunk and readable. */
  readonly reports: readonly string[];
  /** Differences that another play of the same sequence did not show: Kafka's background work at an unusual moment. */
  readonly notRepeated: readonly string[];
}

/** Plays random sequences against both brokers at the same time and compares every answer. */
export class Session {
  private readonly pool: TopicPool;
  private versions: CommonVersions = new Map();
  private readonly turnstile = new Turnstile();
  private next = 0;
  private operations = 0;
  private leftOut = 0;
  private readonly reports: string[] = [];
  private readonly notRepeated: string[] = [];

  constructor(
    private readonly sides: readonly [Side, Side],
    private readonly options: SessionOptions,
  ) {
    this.pool = new TopicPool(sides, `d${options.seed}`);
  }

  async run(): Promise<SessionResult> {
    this.versions = await commonVersions(this.sides);
    const workers = Array.from({ length: this.options.atOnce ?? 12 }, () => this.work());
    await Promise.all(workers);
    const { operations, leftOut, reports, notRepeated } = this;
    return { sequences: this.next, operations, leftOut, reports, notRepeated };
  }

  private async work(): Promise<void> {
    while (this.next < this.options.sequences && this.reports.length < (this.options.most ?? 10)) {
      const number = (this.options.first ?? 0) + this.next++;
      const operations = generate(sequenceSeed(this.options.seed, number), this.versions, this.options.theme);
      const played = await this.play(operations);
      this.operations += played.told.length;
      this.leftOut += played.leftOut;
      if (played.mismatch !== undefined) await this.investigate(number, operations, played, played.mismatch);
    }
  }

  private async play(operations: readonly Operation[]): Promise<Played> {
    const { worlds, discard } = await this.freshWorlds();
    const played = await this.turnstile.through(mannersOf(operations), () => play(worlds, operations));
    discard();
    return played;
  }

  private async freshWorlds(): Promise<FreshWorlds> {
    for (;;) {
      const worlds = this.pool.take();
      if (worlds !== undefined) return worlds;
      await this.turnstile.through('deletes topics', () => this.pool.fill());
    }
  }

  private async investigate(
    number: number,
    operations: readonly Operation[],
    { told }: Played,
    first: Mismatch,
  ): Promise<void> {
    // What was answered late, or never, may have been brought about by an operation behind it.
    const upToHere = operations.slice(0, told.length);
    const isThere = async (some: readonly Operation[]) => (await this.play(some)).mismatch !== undefined;
    if (!((await isThere(upToHere)) && (await isThere(upToHere)))) {
      this.notRepeated.push(
        `sequence ${number}, operation ${first.index + 1}: ${this.differenceText(first)}`,
      );
      return;
    }
    const shortest = await shrink(upToHere, isThere);
    const played = await this.play(shortest);
    const report = this.report(number, played, first);
    this.reports.push(report);
    this.options.log(report);
  }

  private report(number: number, played: Played, first: Mismatch): string {
    const again = `--seed ${this.options.seed} --first ${number} --sequences 1`;
    const mismatch = played.mismatch ?? first;
    return [
      `A difference in sequence ${number} (again with ${again}); the shortest sequence that shows it:`,
      describeSequence(played),
      this.differenceText(mismatch),
    ].join('\n');
  }

  private differenceText({ operation, answers }: Mismatch): string {
    const [one, other] = this.sides;
    return `${describeOperation(operation)}\n    ${one.name}: ${answers[0]}\n    ${other.name}: ${answers[1]}`;
  }
}

function mannersOf(operations: readonly Operation[]): Manners {
  const deletes = operations.some(({ kind }) => kind === 'delete topic');
  const usesGroups = operations.some((operation) => groupOf(operation) !== undefined);
  if (deletes) return usesGroups ? 'both' : 'deletes topics';
  return usesGroups ? 'uses groups' : 'neither';
}

function sequenceSeed(seed: number, number: number): number {
  return Math.imul(seed + 1, 0x9e37_79b1) + Math.imul(number, 0x85eb_ca6b);
}

async function commonVersions(sides: readonly [Side, Side]): Promise<CommonVersions> {
  const [one, other] = await Promise.all([sides[0].versions(), sides[1].versions()]);
  const common = [...one].flatMap(([key, range]) => {
    const theirs = other.get(key);
    if (theirs === undefined) return [];
    return [[key, { min: Math.max(range.min, theirs.min), max: Math.min(range.max, theirs.max) }] as const];
  });
  return new Map(common);
}
