import assert from 'node:assert/strict';
import type { ActorContext, MessageInHand } from '../../src/clients/actor-context.js';
import type { ActorEvent } from '../../src/clients/actor-protocol.js';
import { ApplicationFaultStriker } from '../../src/clients/application-fault.js';
import { EffectPort } from '../../src/clients/effect-port.js';
import { Interpreter } from '../../src/clients/interpreter.js';
import type { Consumer, Producer, Transaction } from '../../src/clients/kafkajs.js';
import { Recorder } from '../../src/clients/recorder.js';
import { StepFailed } from '../../src/clients/steps/perform.js';
import { WireKnowledge } from '../../src/clients/wire-knowledge.js';
import type { Step } from '../../src/core/semantics/semantics.js';

describe('The interpreter', () => {
  it('walks the steps in the order of the array: the order is the semantics', async () => {
    const first = stage();
    await first.walk(['commit-offset', 'process'], record('m4', 4));
    assert.deepEqual(first.done, ['commit 5', 'effect m4']);
    const second = stage();
    await second.walk(['process', 'commit-offset'], record('m4', 4));
    assert.deepEqual(second.done, ['effect m4', 'commit 5']);
  });

  it('records how each operation began and ended', async () => {
    const { walk, told } = stage();
    await walk(['send'], produced('m0'));
    assert.deepEqual(told(), ['invoke send', 'ok send']);
  });

  it('records a definite failure and an unknown outcome apart, and stops there', async () => {
    for (const [code, outcome] of [
      [3, 'fail'],
      [7, 'info'],
    ] as const) {
      const { walk, told } = stage({ sendFails: Object.assign(new Error('no'), { code }) });
      await assert.rejects(walk(['send', 'abort-transaction'], produced('m0')), StepFailed);
      assert.deepEqual(told(), ['invoke send', `${outcome} send`]);
    }
  });

  it('sends what transform made of the record, with its source', async () => {
    const { walk, done, events } = stage();
    await walk(['transform', 'send'], record('m4', 4));
    assert.deepEqual(done, ['send M4']);
    const [invoke] = events;
    assert.deepEqual(invoke?.event.type === 'invoke' && invoke.event.f === 'send' && invoke.event.source, {
      topic: 'input',
      partition: 0,
      offset: 4,
    });
  });

  it('numbers its transactions, and puts sends and offsets into the open one', async () => {
    const { walk, done, told } = stage();
    await walk(['begin', 'transform', 'send', 'send-offsets', 'commit-transaction'], record('m0', 0));
    await walk(['begin', 'abort-transaction'], record('m1', 1));
    assert.deepEqual(done, ['send M0', 'offsets 1', 'commit', 'abort']);
    assert.deepEqual(told().slice(0, 2), ['invoke begin actor/1', 'ok begin actor/1']);
    assert.ok(told().includes('ok abort actor/2'));
  });

  it('dies after the step of the fault, for its message only, having recorded what was in hand', async () => {
    const { walk, done, told } = stage({ fault: 'crash' });
    await walk(['process', 'commit-offset'], record('m3', 3));
    await assert.rejects(walk(['process', 'commit-offset'], record('m4', 4)), /the thread ended/);
    assert.deepEqual(done, ['effect m3', 'commit 4', 'effect m4']);
    assert.equal(told().at(-1), 'fired m4 after process');
  });

  it('aborts after the step of the fault instead of going on', async () => {
    const { walk, done } = stage({ fault: 'abort' });
    assert.equal(await walk(['begin', 'process', 'send-offsets'], record('m4', 4)), 'aborted');
    assert.deepEqual(done, ['effect m4', 'abort']);
  });

  it('names the step that does not fit its actor', async () => {
    const { walk } = stage();
    await assert.rejects(walk(['process'], produced('m0')), /actor has a step that needs a record/);
    await assert.rejects(walk(['commit-transaction'], produced('m0')), /needs an open transaction/);
  });
});

function produced(value: string): MessageInHand {
  return { value, index: 0, output: value };
}

function record(value: string, offset: number): MessageInHand {
  return { value, index: 0, input: { topic: 'input', partition: 0, offset }, output: undefined };
}

/** An actor whose clients only say what was asked of them. */
function stage(options: { readonly fault?: 'crash' | 'abort'; readonly sendFails?: Error } = {}) {
  const done: string[] = [];
  const events: ActorEvent[] = [];
  const recorder = new Recorder('actor', (event) => events.push(event));
  const effects: EffectPort = new EffectPort((message) => {
    if (message.kind !== 'effect') return;
    done.push(`effect ${message.value}`);
    queueMicrotask(() => effects.answered(message.request, false));
  });
  const clients = fakeClients(done, options.sendFails);
  const context: ActorContext = {
    assignment: assignment(),
    recorder,
    effects,
    wire: new WireKnowledge(),
    ...clients,
    transaction: undefined,
    transactionCount: 0,
  };
  const striker =
    options.fault &&
    new ApplicationFaultStriker(
      { kind: options.fault, point: 'abort', actor: 'actor', message: 'm4', after: 'process' } as never,
      'actor',
      (event) => recorder.record(event),
    );
  const interpreter = new Interpreter(context, striker, () => {
    throw new Error('the thread ended');
  });
  const walk = (steps: readonly Step[], message: MessageInHand) => interpreter.walk(steps, message);
  return { walk, done, events, told: () => events.map(({ event }) => sentence(event)) };
}

function fakeClients(done: string[], sendFails: Error | undefined) {
  const send = ({ messages }: { readonly messages: readonly { readonly value: unknown }[] }) => {
    if (sendFails) return Promise.reject(sendFails);
    done.push(`send ${String(messages[0]?.value)}`);
    return Promise.resolve([{ baseOffset: '0' }]);
  };
  const tell = (what: string) => () => Promise.resolve(void done.push(what));
  const transaction = {
    send,
    commit: tell('commit'),
    abort: tell('abort'),
    sendOffsets: ({ topics }: Parameters<Transaction['sendOffsets']>[0]) =>
      tell(`offsets ${topics[0]?.partitions[0]?.offset}`)(),
  };
  const commitOffsets = ([at]: Parameters<Consumer['commitOffsets']>[0]) => tell(`commit ${at?.offset}`)();
  return {
    producer: { send, transaction: () => Promise.resolve(transaction) } as unknown as Producer,
    consumer: { commitOffsets } as unknown as Consumer,
  };
}

function assignment(): ActorContext['assignment'] {
  const timeout = { requestTimeoutMs: 1, connectionTimeoutMs: 1, sessionTimeoutMs: 1 };
  return {
    process: 'actor',
    name: 'actor',
    actor: { reads: 'input', writes: 'output', program: { before: [], each: [], after: [] } },
    topics: {
      input: { topic: 'input', partitions: 1, endOffsets: [10] },
      output: { topic: 'output', partitions: 1, endOffsets: [0] },
    },
    groupId: 'group',
    connection: { bootstrapServers: [] },
    timing: { ...timeout, heartbeatIntervalMs: 1, rebalanceTimeoutMs: 1, fetchWaitMs: 1 },
  };
}

function sentence(event: ActorEvent['event']): string {
  if (event.type === 'fault') return `${event.event} ${event.message} after ${event.after}`;
  if (!('f' in event)) return event.type;
  const transaction = event.f === 'begin' || event.f === 'abort' ? ` ${event.transaction}` : '';
  return `${event.type} ${event.f}${transaction}`;
}
