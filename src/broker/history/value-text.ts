import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';

/** A history is read by people and judged by comparing values: long ones are cut, and told apart by a digest. */
const longestText = 200;
const shownOfLonger = 60;

/** What stands for a record's value in a history: its text; the beginning and a digest where that is long or no text. */
export function valueText(value: Buffer | null): string {
  if (value === null) return '';
  if (value.length <= longestText && isUtf8(value)) return value.toString();
  const digest = createHash('sha256').update(value).digest('hex').slice(0, 16);
  const shown = isUtf8(value) ? value.toString().slice(0, shownOfLonger) : '';
  return `${shown}…sha256:${digest} (${value.length} bytes)`;
}
