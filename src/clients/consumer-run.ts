import type { RecordPosition } from '../core/history/events.js';
import type { Step } from '../core/semantics/semantics.js';
import type { ActorContext } from './actor-context.js';
import type { Interpreter } from './interpreter.js';
import type { EachMessagePayload } from './kafkajs.js';
import { consumerOf, groupOf, readTopicOf } from './steps/expect.js';
import { StepFailed } from './steps/perform.js';

/** A consumer's or pipeline's life: joins the group, walks `each` for every record, ends when it has read all. */
export async function runConsumer(context: ActorContext, interpreter: Interpreter): Promise<void> {
  const { program, consumer: settings } = context.assignment.actor;
  const consumer = consumerOf(context);
  await Promise.all([context.producer?.connect(), consumer.connect()]);
  await interpreter.walk(program.before);
  await consumer.subscribe({
    topic: readTopicOf(context).topic,
    fromBeginning: settings?.autoOffsetReset !== 'latest',
  });
  await new ReadingToTheEnd(context, interpreter).whole();
  await interpreter.walk(program.after);
}

class ReadingToTheEnd {
  private ended = false;
  private delivered = 0;
  private assigned: readonly { readonly topic: string; readonly partition: number }[] = [];
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    private readonly context: ActorContext,
    private readonly interpreter: Interpreter,
  ) {}

  /** Resolves when every assigned partition has been read to its end offset, or the application gave up after an error. */
  async whole(): Promise<void> {
    const consumer = consumerOf(this.context);
    const end = new Promise<void>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment));
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) this.breakOff(payload.error);
    });
    // With a committed offset at the end no record comes at all: then the position of the fetch tells.
    this.context.wire.whenPositionChanges(() => this.endIfRead());
    const running = consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 1,
      eachMessage: (payload) => this.message(payload),
    });
    await Promise.race([end, running.then(() => end)]);
    this.ended = true;
  }

  private joined(assignment: Readonly<Record<string, readonly number[]>>): void {
    const { recorder, wire } = this.context;
    this.assigned = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    recorder.record({
      type: 'rebalance',
      process: recorder.process,
      group: groupOf(this.context),
      generation: wire.membership?.generation ?? -1,
      memberId: wire.membership?.memberId ?? '',
      assigned: this.assigned,
    });
  }

  private async message({ topic, partition, message }: EachMessagePayload): Promise<void> {
    // The application is closing: what is delivered now is neither processed nor committed.
    if (this.ended) return;
    const input = { topic, partition, offset: Number(message.offset) };
    const inHand = {
      value: message.value?.toString() ?? '',
      input,
      index: this.delivered++,
      output: undefined,
    };
    this.polled(input, inHand.value);
    try {
      if ((await this.interpreter.walk(this.program, inHand)) === 'aborted') this.afterAbort(input);
      else this.endIfRead(input);
    } catch (error) {
      this.failed(error);
    }
  }

  private get program(): readonly Step[] {
    return this.context.assignment.actor.program.each;
  }

  private polled(input: RecordPosition, value: string): void {
    const poll = this.context.recorder.invoke({ f: 'poll', group: groupOf(this.context) });
    poll.ok({ record: { ...input, value } });
  }

  /** The running consumer does not go back by itself: its position in memory is past the record whose transaction was aborted. */
  private afterAbort({ topic, partition, offset }: RecordPosition): void {
    if (this.context.assignment.actor.afterAbort === 'rewind') {
      consumerOf(this.context).seek({ topic, partition, offset: String(offset) });
    } else {
      this.endIfRead({ topic, partition, offset });
    }
  }

  /** Inside a transaction the process gives up, so that a successor can end what it left; else kafkajs rejoins or fetches again. */
  private failed(error: unknown): void {
    if (!(error instanceof StepFailed)) this.breakOff(error);
    else if (this.context.assignment.transactionalId === undefined) throw error.cause;
    else this.finish();
  }

  private endIfRead(last?: RecordPosition): void {
    const { topic, endOffsets } = readTopicOf(this.context);
    if (this.assigned.length === 0) return;
    const read = this.assigned.every(({ partition }) => {
      const end = endOffsets[partition] ?? 0;
      const processed = last?.partition === partition ? last.offset + 1 : 0;
      return Math.max(processed, this.context.wire.positionOf(topic, partition) ?? 0) >= end;
    });
    if (read) this.finish();
  }

  private breakOff(error: unknown): void {
    this.ended = true;
    this.reject(error);
  }

  private finish(): void {
    this.ended = true;
    this.resolve();
  }
}
