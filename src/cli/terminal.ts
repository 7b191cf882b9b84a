import type { Writable } from 'node:stream';

/** Where output goes and what it may look like there; tests pass their own. */
export interface Terminal {
  readonly out: Writable;
  readonly error: Writable;
  /** Width to lay tables out for. */
  readonly columns: number;
  readonly style: Style;
  /** On a terminal one transient line may be rewritten in place; elsewhere never. */
  readonly transient: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

export type Paint = (text: string) => string;

export interface Style {
  readonly heading: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly doubtful: Paint;
  readonly finding: Paint;
}

/** Wide enough for a log file or a page of documentation, when nobody tells a width. */
const widthWhenPiped = 120;

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: stdout,
    error: stderr,
    columns: stdout.isTTY ? stdout.columns : Number(env['COLUMNS']) || widthWhenPiped,
    style: wantsColour(stdout.isTTY, env) ? coloured : plain,
    transient: stdout.isTTY && env['TERM'] !== 'dumb',
    environment: env,
  };
}

/**
 * NO_COLOR (no-color.org: any value that is not empty) wins over FORCE_COLOR (as Node reads it: 0 and false mean no); without
 * either, colours only on a terminal that is not dumb.
 */
export function wantsColour(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR = '', FORCE_COLOR } = environment;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}

const unchanged: Paint = (text) => text;

export const plain: Style = {
  heading: unchanged,
  dim: unchanged,
  good: unchanged,
  bad: unchanged,
  doubtful: unchanged,
  finding: unchanged,
};

/** The sixteen basic colours only: the user's own theme decides how they look, light or dark. */
export const coloured: Style = {
  heading: sgr(1, 22),
  dim: sgr(2, 22),
  good: sgr(32, 39),
  bad: sgr(31, 39),
  doubtful: sgr(33, 39),
  finding: sgr(36, 39),
};

function sgr(open: number, close: number): Paint {
  return (text) => (text === '' ? '' : `\u001B[${open}m${text}\u001B[${close}m`);
}
