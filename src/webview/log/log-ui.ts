import type { Translate } from '../../core/text/translate.js';
import type { AskedPosition } from '../../shared/log-page.js';

/** How keys and values are shown; what is no text is always shown as hex. */
export type Format = 'text' | 'json' | 'hex';

/** What every render function of the log page may use. */
export interface LogUi {
  readonly t: Translate;
  readonly language: string;
  readonly format: Format;
  /** The kind of position that the user has chosen and not read yet. */
  readonly asked: AskedPosition | undefined;
  readonly read: (from: AskedPosition) => void;
  readonly showGroups: (groups: readonly string[]) => void;
  readonly setFormat: (format: Format) => void;
  readonly setAsked: (asked: AskedPosition) => void;
}
