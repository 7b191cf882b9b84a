import type { Command } from '../clients/clients.js';
import { Incarnation } from './incarnation.js';
import { messages, type Stage } from './stage.js';

/** The longest that a producer may take to its end; safe forms give a message up after half a minute at most. */
const withinMs = 60_000;

/** Runs a producer to its end and writes down what it was told of each message. @returns what was wrong with the end */
export async function runProducer(
  stage: Stage,
  command: Command,
  folder: string,
): Promise<readonly string[]> {
  const program = new Incarnation(stage, 'program', command, folder);
  const { code } = await program.finish(withinMs);
  const undelivered = [...program.lastErrors.matchAll(/not delivered: (m\d)/g)].map(([, value]) => value);
  recordSends(stage, undelivered);
  const asItSays = undelivered.length === 0 ? code === 0 : code === 0 || code === 1;
  return asItSays ? [] : [program.failure(`it ended with ${String(code)}`).message];
}

function recordSends(stage: Stage, undelivered: readonly (string | undefined)[]): void {
  const { chronicle, id, names } = stage;
  const transaction = id.semantics === 'producer.exactly-once' ? 'program/1' : undefined;
  if (transaction !== undefined) chronicle.ok('program', { f: 'begin', transaction });
  for (const value of messages) {
    const send = {
      f: 'send',
      topic: names.input,
      partition: 0,
      value,
      ...(transaction && { transaction }),
    } as const;
    if (undelivered.includes(value)) chronicle.unknown('program', send, 'not delivered');
    else chronicle.ok('program', send);
  }
  if (transaction !== undefined) chronicle.ok('program', { f: 'commit', transaction });
}
