import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serialiseHistory } from '../core/history/jsonl.js';
import type { Translate } from '../core/text/translate.js';
import type { RunReport } from '../runner/run.js';
import { CliError } from './cli-error.js';
import { fileProblem } from './file-problem.js';

export type KeepHistory = (report: RunReport) => Promise<void>;

/**
 * Writes both runs of a scenario into the folder, `<scenario>.control.jsonl` and `<scenario>.fault.jsonl`; an older file of that
 * name is replaced. The folder is made at once, so that a wrong path is told before anything runs.
 */
export async function historyFolder(folder: string | undefined, t: Translate): Promise<KeepHistory> {
  if (folder === undefined) return () => Promise.resolve();
  await orRefuse(mkdir(folder, { recursive: true }), folder, t);
  return async ({ scenario, control, fault }) => {
    const phases = { control, fault };
    for (const [phase, { history }] of Object.entries(phases)) {
      const file = path.join(folder, `${scenario.id}.${phase}.jsonl`);
      await orRefuse(writeFile(file, serialiseHistory(history)), file, t);
    }
  };
}

async function orRefuse(work: Promise<unknown>, file: string, t: Translate): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw new CliError(t('{file} cannot be written: {reason}', { file, reason: fileProblem(error, t) }));
  }
}
