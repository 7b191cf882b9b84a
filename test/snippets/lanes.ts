import { availableParallelism } from 'node:os';
import { snippetIds, snippetsIn } from '../../scripts/snippets/sources.js';
import type { SnippetId } from '../../src/core/snippets/snippet.js';
import type { Command } from '../clients/clients.js';
import type { RealKafka } from '../harness/kafka.js';
import { removeFolder, temporaryFolder } from '../harness/temporary-folder.js';
import { embeddedGround, kafkaGround, type ProvingBroker, type ProvingGround } from './brokers.js';
import type { Language } from './languages/language.js';
import { namesFor } from './names.js';
import { Places } from './places.js';
import { keyOf, programsOf } from './programs.js';
import { prove, type Proof } from './proof.js';
import { isProducer, trialsOf, type Trial } from './trials.js';

export type BrokerKind = ProvingBroker['kind'];

export const brokerKinds: readonly BrokerKind[] = ['embedded', 'kafka'];

export interface Run {
  readonly id: SnippetId;
  readonly trial: Trial;
}

/** Every snippet with each of its trials, in the order of the table. */
export const allRuns: readonly Run[] = snippetIds.flatMap((id) =>
  trialsOf(id).map((trial) => ({ id, trial })),
);

export function titleOf({ id, trial }: Run): string {
  return `${id.semantics} ${id.form}: ${trial.name}`;
}

/** One language on one broker: its programs are built once, and its runs follow one another, since they share their names. */
export interface Lane {
  readonly language: Language;
  readonly broker: BrokerKind;
  /** @throws what kept the run, or the whole lane, from its end */
  proofOf(run: Run): Promise<Proof>;
  readonly ended: Promise<void>;
}

/** Starts to prove these runs in every language on every broker; a lane waits more than it works, so that they may outnumber processors. */
export function startLanes(
  some: readonly Language[],
  brokers: readonly BrokerKind[],
  kafka: RealKafka | undefined,
  runs: readonly Run[],
): readonly Lane[] {
  const places = new Places(availableParallelism() + 1);
  return brokers.flatMap((broker) =>
    some.map((language) => startLane(language, broker, kafka, runs, places)),
  );
}

function startLane(
  language: Language,
  broker: BrokerKind,
  kafka: RealKafka | undefined,
  runs: readonly Run[],
  places: Places,
): Lane {
  const waiting = new Map(runs.map((run) => [run, deferred<Proof>()]));
  const work = async (): Promise<void> => {
    const giveBack = await places.take();
    try {
      await runLane(language, groundFor(broker, kafka), waiting);
    } catch (error) {
      for (const { reject } of waiting.values()) reject(error);
    } finally {
      giveBack();
    }
  };
  return {
    language,
    broker,
    ended: work(),
    proofOf: (run) => waiting.get(run)?.promise ?? Promise.reject(new Error('This run was not ordered.')),
  };
}

function groundFor(broker: BrokerKind, kafka: RealKafka | undefined): Promise<ProvingGround> {
  if (broker === 'embedded') return embeddedGround();
  return kafka ? kafkaGround(kafka) : Promise.reject(new Error('There is no Apache Kafka.'));
}

async function runLane(
  language: Language,
  opened: Promise<ProvingGround>,
  waiting: ReadonlyMap<Run, Deferred<Proof>>,
): Promise<void> {
  const ground = await opened;
  const folder = await temporaryFolder(`lab-snippets-${language.language}`);
  try {
    const files = await snippetsIn(language.language);
    const commands = await language.prepare(programsOf(language, files, ground.bootstrap), folder);
    for (const [run, { resolve, reject }] of waiting)
      await proveOne(language, ground, commands, run).then(resolve, reject);
  } finally {
    await ground.stop();
    await removeFolder(folder);
  }
}

function proveOne(
  { language }: Language,
  ground: ProvingGround,
  commands: ReadonlyMap<string, Command>,
  { id, trial }: Run,
): Promise<Proof> {
  const key = keyOf({ id }, isProducer(id) && trial.strike !== undefined);
  const command = commands.get(key);
  if (command === undefined) throw new Error(`There is no program ${key}.`);
  return prove(ground, { id, trial, command, names: namesFor(language) });
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let [resolve, reject]: [Deferred<T>['resolve'], Deferred<T>['reject']] = [() => undefined, () => undefined];
  const promise = new Promise<T>((onValue, onError) => ([resolve, reject] = [onValue, onError]));
  // Whoever asks for it is told; nobody has to.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
