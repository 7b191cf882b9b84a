import { closeSync, openSync, writeSync } from 'node:fs';
import type { EmbeddedBroker } from '../broker/start-worker.js';
import type { Translate } from '../core/text/translate.js';
import { CliError } from './cli-error.js';

export interface BrokerHistory {
  /** Drains every topic and closes the file. */
  finish(): Promise<void>;
}

/**
 * Writes what the broker sees into a file while it serves, event by event: a process that is killed leaves all but the drain.
 * @throws CliError (exit 2) when the file cannot be written.
 */
export async function writeHistory(
  broker: EmbeddedBroker,
  file: string,
  t: Translate,
): Promise<BrokerHistory> {
  const descriptor = open(file, t);
  let seq = 0;
  let beganAtMs: number | undefined;
  const stop = broker.onHistory(({ atMs, ...observation }) => {
    beganAtMs ??= atMs;
    writeSync(descriptor, `${JSON.stringify({ seq: seq++, timeMs: atMs - beganAtMs, ...observation })}\n`);
  });
  // Clients are not told of the broker before it listens to them.
  await broker.flush();
  return {
    finish: async () => {
      await broker.finishHistory();
      stop();
      closeSync(descriptor);
    },
  };
}

function open(file: string, t: Translate): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(t('{file} cannot be written: {reason}', { file, reason }));
  }
}
