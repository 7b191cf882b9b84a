import { ToldError } from '../core/told-error.js';

/** Something the user can mend: printed as one sentence on stderr, without a stack trace; the program ends with `exitCode`. */
export class CliError extends ToldError {
  override readonly name = 'CliError';

  constructor(
    sentence: string,
    readonly exitCode: ExitCode = exit.usage,
  ) {
    super(sentence);
  }
}

export const exit = {
  /** Everything conclusive and as expected. */
  expected: 0,
  /** Something differs from the expectation, or nothing could be concluded. */
  different: 1,
  /** Wrong usage, unreadable input, or a broker that cannot be reached. */
  usage: 2,
  /** 128 + SIGINT: cancelled by the user. */
  cancelled: 130,
  /** 128 + SIGPIPE: whoever read the output went away. */
  brokenPipe: 141,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

/** What the program ends with: what is wrong in a file or an option is wrong usage unless said. */
export function exitCodeOf(error: ToldError): ExitCode {
  return error instanceof CliError ? error.exitCode : exit.usage;
}
