import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { LabError } from '../core/lab-error.js';

const run = promisify(exec);
const timeoutMs = 10_000;

/**
 * What the user's own command prints, without blanks around it. Neither that nor what it writes to its error stream is told to anybody:
 * either may hold the token.
 * @throws LabError token-command-failed, token-command-slow, token-command-silent
 */
export async function tokenFrom(command: string): Promise<string> {
  const printed = await run(command, { timeout: timeoutMs, windowsHide: true }).catch((error: unknown) => {
    throw failure(error);
  });
  const token = printed.stdout.trim();
  if (token === '') throw new LabError('token-command-silent');
  return token;
}

function failure(error: unknown): LabError {
  const { killed, code } = error as { readonly killed?: boolean; readonly code?: number | string };
  if (killed === true) return new LabError('token-command-slow', { seconds: timeoutMs / 1000 });
  return new LabError('token-command-failed', { code: code ?? '?' });
}
