import type { Bundle } from '../core/text/translate.js';
import type { SemanticsId } from '../core/semantics/semantics.js';
import type { Page } from './page.js';

/** Host → page. */
export type ToWebview =
  /** Once, in answer to `ready`: the language (`en`, `fr`) and its sentences; the page has none of its own. */
  | { readonly type: 'strings'; readonly language: string; readonly bundle: Bundle }
  | { readonly type: 'page'; readonly page: Page };

/** Page → host. */
export type FromWebview =
  /** The script runs and listens: at first, and whenever the page was hidden and is shown again. */
  | { readonly type: 'ready' }
  | { readonly type: 'run'; readonly scenario: string }
  | { readonly type: 'stop' }
  | { readonly type: 'show'; readonly scenario?: string }
  | { readonly type: 'save-history'; readonly scenario: string; readonly phase: 'control' | 'fault' }
  /** Lays a run beside the one on the page; without a key it is taken away again. */
  | { readonly type: 'compare'; readonly key?: string }
  | ({ readonly type: 'export-report' } & ReportWish)
  | { readonly type: 'predict'; readonly scenario: string; readonly said: number }
  /** Forgets prediction and outcome, so that the question stands as before the first run. */
  | { readonly type: 'ask-again'; readonly scenario: string }
  /** Without a form the user is asked for one. */
  | { readonly type: 'insert-snippet'; readonly semantics: SemanticsId; readonly form?: 'safe' }
  | { readonly type: 'show-log' };

/** A report that is asked for; without a format the user is asked for one. */
export interface ReportWish {
  readonly scenario: string;
  readonly format?: ReportFormat;
  /** In the learner's own words. */
  readonly words: string;
}

export type ReportFormat = 'html' | 'markdown';
