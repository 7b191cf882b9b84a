import type { Observation } from '../core/history/events.js';
import type { ActorContext } from './actor-context.js';
import type { ActorAssignment, FromActor } from './actor-protocol.js';
import { ApplicationFaultStriker } from './application-fault.js';
import { runConsumer } from './consumer-run.js';
import type { EffectPort } from './effect-port.js';
import { Interpreter } from './interpreter.js';
import { createClient } from './kafka-client.js';
import { Partitioners, type Consumer, type KafkaClient, type Producer } from './kafkajs.js';
import { runProducer } from './producer-run.js';
import { Recorder } from './recorder.js';
import { WireFaultStriker } from './wire-fault.js';
import { WireKnowledge } from './wire-knowledge.js';
import { WireTap } from './wire-tap.js';

const TRANSACTION_TIMEOUT_MS = 10_000;
const CLOSE_WITHIN_MS = 5_000;

export interface ActorEnvironment {
  readonly post: (message: FromActor) => void;
  readonly effects: EffectPort;
  /** Ends the thread at once: sockets gone, nothing committed, nobody told. */
  readonly exit: (code: number) => never;
}

/** One incarnation of an actor from its start to its stop, crash or error. */
export async function runActor(assignment: ActorAssignment, environment: ActorEnvironment): Promise<never> {
  const { process, name } = assignment;
  const recorder = new Recorder(process, environment.post);
  const ended = (event: 'crash' | 'stop' | 'error', error?: string): void =>
    recorder.record({ type: 'process', process, actor: name, event, ...(error !== undefined && { error }) });
  const die = (): never => {
    ended('crash');
    return environment.exit(1);
  };
  recorder.record({ type: 'process', process, actor: name, event: 'start' });
  const parts = assemble(assignment, environment, recorder, die);
  try {
    await parts.run();
    await parts.close();
    ended('stop');
  } catch (error) {
    await parts.close().catch(() => undefined);
    ended('error', error instanceof Error ? error.message : String(error));
  }
  return environment.exit(0);
}

interface ActorParts {
  run(): Promise<void>;
  close(): Promise<void>;
}

function assemble(
  assignment: ActorAssignment,
  { post, effects }: ActorEnvironment,
  recorder: Recorder,
  die: () => never,
): ActorParts {
  const wire = new WireKnowledge();
  const record = (event: Observation): void => recorder.record(event);
  const { wireFault, applicationFault } = strikers(assignment, record, die);
  const tap = new WireTap(assignment.process, record, wire, wireFault);
  const client = createClient({
    clientId: `lab-${assignment.process}`,
    connection: assignment.connection,
    socketFactory: tap.socketFactory,
    requestTimeoutMs: requestTimeoutOf(assignment),
    connectionTimeoutMs: assignment.timing.connectionTimeoutMs,
    log: (entry) => post({ kind: 'log', ...entry }),
  });
  const context: ActorContext = {
    assignment,
    recorder,
    wire,
    effects,
    producer: producerOf(client, assignment),
    consumer: consumerOf(client, assignment),
    transaction: undefined,
    transactionCount: 0,
  };
  const interpreter = new Interpreter(context, applicationFault, die);
  return {
    run: () => (context.consumer ? runConsumer(context, interpreter) : runProducer(context, interpreter)),
    close: async () => {
      await Promise.all([context.consumer?.disconnect(), context.producer?.disconnect()]);
      await tap.closed(CLOSE_WITHIN_MS);
    },
  };
}

/** A response that is delayed must come later than the client waits, or nothing is shown. */
function requestTimeoutOf({ fault, timing }: ActorAssignment): number {
  const delayMs =
    fault?.kind === 'wire' && fault.action === 'delay-response' ? (fault.delayMs ?? 0) : Infinity;
  return Math.min(timing.requestTimeoutMs, delayMs / 2);
}

function strikers(
  { fault, process }: ActorAssignment,
  record: (event: Observation) => void,
  die: () => never,
): { wireFault?: WireFaultStriker; applicationFault?: ApplicationFaultStriker } {
  if (!fault) return {};
  if (fault.kind === 'wire') {
    const wireFault = new WireFaultStriker(fault, process, record, die);
    wireFault.arm();
    return { wireFault };
  }
  const applicationFault = new ApplicationFaultStriker(fault, process, record);
  applicationFault.arm();
  return { applicationFault };
}

function producerOf(client: KafkaClient, { actor, transactionalId }: ActorAssignment): Producer | undefined {
  if (!actor.producer) return undefined;
  const { retries, idempotence } = actor.producer;
  return client.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    retry: { retries, initialRetryTime: 100, maxRetryTime: 500 },
    // A transaction brings its own producer id; with `idempotent` kafkajs would ask for a second one.
    idempotent: idempotence && transactionalId === undefined,
    ...(transactionalId !== undefined && { transactionalId, transactionTimeout: TRANSACTION_TIMEOUT_MS }),
  });
}

function consumerOf(client: KafkaClient, { actor, groupId, timing }: ActorAssignment): Consumer | undefined {
  if (!actor.consumer || groupId === undefined) return undefined;
  return client.consumer({
    groupId,
    allowAutoTopicCreation: false,
    readUncommitted: actor.consumer.isolationLevel === 'read_uncommitted',
    sessionTimeout: timing.sessionTimeoutMs,
    heartbeatInterval: timing.heartbeatIntervalMs,
    rebalanceTimeout: timing.rebalanceTimeoutMs,
    maxWaitTimeInMs: timing.fetchWaitMs,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 500, restartOnFailure: async () => false },
  });
}
