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
  const format = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, format).format(timeMs);
}
