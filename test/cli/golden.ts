import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Compares with `test/cli/golden/<name>.txt`; after a wanted change, BLESS=1 writes the files anew, to be read before a commit. */
export function assertGolden(name: string, lines: readonly string[]): void {
  const file = path.join('test', 'cli', 'golden', `${name}.txt`);
  const text = `${lines.join('\n')}\n`;
  if (process.env['BLESS'] === '1') writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'));
}
