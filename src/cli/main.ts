import { isLabError, type LabErrorCode } from '../core/lab-error.js';
import { ToldError } from '../core/told-error.js';
import { errorSentence } from '../core/text/error-sentence.js';
import { parseArguments, type Command } from './arguments.js';
import { check } from './check.js';
import { clean } from './clean.js';
import { exit, exitCodeOf, type ExitCode } from './cli-error.js';
import { writeLine, type Context, type Installation } from './context.js';
import { printHelp, printVersion } from './help.js';
import { languageOf, readWording, type Wording } from './language.js';
import { lag } from './lag.js';
import { list } from './list.js';
import { run } from './run.js';
import { serveBroker } from './serve-broker.js';
import type { Terminal } from './terminal.js';

/** Why the signal fires when the reader of the output went away. */
export const brokenPipe = Symbol('broken pipe');

/**
 * The program without its process: parses, does, and says how it ended. What the user can mend becomes one sentence on
 * stderr; anything else is a mistake of ours and is thrown with its stack.
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal,
  installation: Installation,
  signal: AbortSignal,
): Promise<ExitCode> {
  const wording = await readWording(languageOf(argv, terminal.environment), installation.texts);
  try {
    const command = parseArguments(argv, wording.t);
    return await perform(command, { terminal, wording, installation, signal });
  } catch (error) {
    // Whoever reads neither result nor message any more is not told that the run was stopped.
    return signal.reason === brokenPipe ? exit.brokenPipe : tell(error, terminal, wording);
  }
}

function perform(command: Command, context: Context): Promise<ExitCode> {
  switch (command.kind) {
    case 'help':
      return printHelp(context);
    case 'version':
      return printVersion(context);
    case 'list':
      return list(command, context);
    case 'run':
      return run(command, context);
    case 'check':
      return check(command, context);
    case 'broker':
      return serveBroker(command, context);
    case 'clean':
      return clean(command, context);
    case 'lag':
      return lag(command, context);
  }
}

function tell(error: unknown, { error: stream }: Terminal, { t }: Wording): ExitCode {
  if (error instanceof ToldError) {
    writeLine(stream, error.message);
    return exitCodeOf(error);
  }
  if (isLabError(error)) {
    writeLine(stream, errorSentence(error, t));
    return exitOf(error.code);
  }
  throw error;
}

/** A run that broke down proves nothing (1); a cluster that cannot be used is the user's to mend (2). */
function exitOf(code: LabErrorCode): ExitCode {
  if (code === 'cancelled') return exit.cancelled;
  return code === 'run-timed-out' || code === 'worker-failed' || code === 'client-failed'
    ? exit.different
    : exit.usage;
}
