import type { Translate } from '../core/text/translate.js';
import type { FromWebview } from '../shared/messages.js';
import type { Action } from './state.js';

/** What every render function may use; all else that it needs is in its data. */
export interface Ui {
  readonly t: Translate;
  readonly language: string;
  /** Changes the page's own state. */
  readonly dispatch: (action: Action) => void;
  /** Asks the host for something. */
  readonly post: (message: FromWebview) => void;
}

/** "0.41 s" in the learner's notation. */
export function seconds(durationMs: number, { t, language }: Pick<Ui, 't' | 'language'>): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return t('{seconds} s', { seconds: format.format(durationMs / 1000) });
}

/** Milliseconds with one decimal, without the unit: for a column whose head names it. */
export function milliseconds(timeMs: number, language: string): string {
  const known = formats.get(language) ?? new Intl.NumberFormat(language, oneDecimal);
  formats.set(language, known);
  return known.format(timeMs);
}

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
/** To make one costs as much as to use it a hundred times, and a table has hundreds of rows. */
const formats = new Map<string, Intl.NumberFormat>();
