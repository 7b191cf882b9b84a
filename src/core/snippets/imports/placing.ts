import type { Header } from './header.js';
import type { Insertion } from './imports.js';

/** New statements behind those that are there, parted by a blank line from what introduces the file and from the code. */
export function placed(
  document: readonly string[],
  { statements, end }: Header,
  added: readonly string[],
): readonly Insertion[] {
  if (added.length === 0) return [];
  const before = end > 0 && statements.length === 0 ? [''] : [];
  const next = document[end];
  const after = next !== undefined && next.trim() !== '' ? [''] : [];
  return [{ line: end, lines: [...before, ...added, ...after] }];
}

/** Whether the name stands in the code as a word of its own. */
export function names(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(code);
}
