import { setTimeout as delay } from 'node:timers/promises';
import { committedOffsets, evictMembers } from '../../src/clients/groups.js';
import { pollUntil } from '../../src/clients/poll-until.js';
import type { Command } from '../clients/clients.js';
import { Incarnation } from './incarnation.js';
import { messages, type Stage } from './stage.js';
import type { Armed } from './strike.js';

const withinMs = 45_000;

/** What a program might still do after its last commit, if it did too much. */
const lingerMs = 300;

/**
 * Runs a consumer until everything is consumed and ends it by Ctrl-C; where the trial says so it is killed before that and started
 * again in the same folder. @returns what was wrong with its end
 */
export async function runConsumer(
  stage: Stage,
  command: Command,
  folder: string,
  armed: Armed | undefined,
): Promise<readonly string[]> {
  const first = new Incarnation(stage, 'program', command, folder);
  if (stage.trial.crashes !== true || armed === undefined) return finish(stage, first, first.values);
  await first.until('struck', armed.struck, withinMs);
  await first.kill();
  await armed.lift();
  await evictMembers(stage.broker.cluster, stage.names.group);
  const second = new Incarnation(stage, 'program#2', command, folder);
  return finish(stage, second, first.values);
}

async function finish(
  stage: Stage,
  program: Incarnation,
  before: ReadonlySet<string>,
): Promise<readonly string[]> {
  await program.until('everything consumed', untilConsumed(stage, program, before), withinMs);
  await delay(lingerMs);
  const { code, signal } = await program.interrupt();
  // The Java machine ends with 130 after SIGINT, whatever its hooks do.
  return code === 0 || code === 130
    ? []
    : [program.failure(`Ctrl-C ended it with ${String(code ?? signal)}`).message];
}

async function untilConsumed(stage: Stage, program: Incarnation, before: ReadonlySet<string>): Promise<void> {
  const isConsumed =
    stage.id.form === 'safe-offset-with-result'
      ? () => Promise.resolve(messages.every((value) => before.has(value) || program.values.has(value)))
      : () => isCommitted(stage);
  // Whoever waits for it gives up first.
  await pollUntil(async () => ((await isConsumed()) ? true : undefined), {
    everyMs: 50,
    withinMs: 2 * withinMs,
  });
}

async function isCommitted({ broker, names }: Stage): Promise<boolean> {
  const offsets = await committedOffsets(broker.cluster, names.group, [
    { topic: names.input, partitions: 1 },
  ]);
  return offsets.get(`${names.input}/0`) === messages.length;
}
