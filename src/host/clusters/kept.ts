import { sentenceOf } from '../say.js';

/** What a cluster has told, or why it has not, in one sentence. */
export type Reading<Value> =
  { readonly kind: 'read'; readonly value: Value } | { readonly kind: 'failed'; readonly sentence: string };

/** One thing that is read of a cluster at first use, and kept until it is read again. */
export class Kept<Value> {
  private reading: Promise<Reading<Value>> | undefined;
  private latestReading: Reading<Value> | undefined;

  constructor(
    private readonly read: () => Promise<Value>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** What was read last; `undefined` before the first time. */
  get latest(): Reading<Value> | undefined {
    return this.latestReading;
  }

  get value(): Value | undefined {
    return this.latestReading?.kind === 'read' ? this.latestReading.value : undefined;
  }

  /** Never rejects: a failure is a reading too. */
  get(): Promise<Reading<Value>> {
    return (this.reading ??= this.renew());
  }

  /** Reads anew; what was read before is what `get` gives until then. */
  async renew(): Promise<Reading<Value>> {
    const reading = await this.attempt();
    this.latestReading = reading;
    this.reading = Promise.resolve(reading);
    return reading;
  }

  private async attempt(): Promise<Reading<Value>> {
    try {
      return { kind: 'read', value: await this.read() };
    } catch (error) {
      this.failed(error);
      return { kind: 'failed', sentence: sentenceOf(error) };
    }
  }
}
