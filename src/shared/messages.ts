import type { Bundle } from '../core/text/translate.js';
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
  | { readonly type: 'show-log' };
