import type { ShownBytes } from '../../shared/log-page.js';
import type { Format } from './log-ui.js';

/** Bytes in the form that was chosen, as far as they have it: JSON that is none is shown as text, and what is no text as hex. */
export function shownText(
  { text, hex, cut }: ShownBytes,
  format: Format,
): { readonly text: string; readonly isHex: boolean } {
  if (text === undefined || format === 'hex') return { text: hex.replace(/(..)(?=.)/g, '$1 '), isHex: true };
  return { text: format === 'json' && cut === 0 ? indented(text) : text, isHex: false };
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
