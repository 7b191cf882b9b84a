import { check } from '../../src/core/history/check.js';
import type { History } from '../../src/core/history/events.js';
import type { Verdict } from '../../src/core/history/verdict.js';
import type { SnippetId } from '../../src/core/snippets/snippet.js';
import type { Command } from '../clients/clients.js';
import { removeFolder, temporaryFolder } from '../harness/temporary-folder.js';
import { recordAftermath } from './aftermath.js';
import type { ProvingGround } from './brokers.js';
import { ProofChronicle } from './chronicle.js';
import { runConsumer } from './consumer-trial.js';
import type { Names } from './names.js';
import { runProducer } from './producer-trial.js';
import { setStage, type Stage } from './stage.js';
import type { Armed } from './strike.js';
import { isProducer, type Trial } from './trials.js';

/** One run of a snippet: what was recorded, and the verdict that follows from it. */
export interface Proof {
  readonly history: History;
  readonly verdict: Verdict;
  /** What besides the verdict was not as a user would expect: an exit code, a mistake of the embedded broker. */
  readonly problems: readonly string[];
}

export interface ProofOrder {
  readonly id: SnippetId;
  readonly trial: Trial;
  readonly command: Command;
  readonly names: Names;
}

/** @throws when the run does not come to its end: a program that exits early, a strike that never happens */
export async function prove(
  ground: ProvingGround,
  { id, trial, command, names }: ProofOrder,
): Promise<Proof> {
  const broker = await ground.open();
  const folder = await temporaryFolder('lab-snippet');
  const stage: Stage = { broker, chronicle: new ProofChronicle(), names, id, trial };
  try {
    await setStage(stage);
    const armed = trial.strike && (await armedStrike(stage));
    const problems = isProducer(id)
      ? await runProducer(stage, command, folder)
      : await runConsumer(stage, command, folder, armed);
    await armed?.lift();
    await recordAftermath(stage);
    const { history } = stage.chronicle;
    return { history, verdict: check(history), problems: [...problems, ...broker.mistakes] };
  } finally {
    await broker.close();
    await removeFolder(folder);
  }
}

async function armedStrike({ broker, chronicle, trial }: Stage): Promise<Armed | undefined> {
  if (trial.strike === undefined) return undefined;
  const { api, moment, effect } = trial.strike;
  const fault = {
    type: 'fault',
    point: trial.name,
    process: 'program',
    api,
    action: `${effect} ${moment}`,
  } as const;
  const armed = await broker.arm(trial.strike);
  chronicle.record({ ...fault, event: 'armed' });
  void armed.struck.then(() => chronicle.record({ ...fault, event: 'fired' }));
  return armed;
}
