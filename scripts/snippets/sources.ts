import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { allSemantics } from '../../src/core/semantics/table.js';
import {
  formsOf,
  snippetLanguages,
  sourceFileOf,
  type SnippetId,
  type SnippetLanguage,
} from '../../src/core/snippets/snippet.js';
import { parseSource, SnippetSourceError, type SnippetSource } from '../../src/core/snippets/source.js';

export interface SnippetFile {
  readonly id: SnippetId;
  readonly language: SnippetLanguage;
  /** Relative to `snippets/`. */
  readonly file: string;
  readonly source: SnippetSource;
}

const folder = path.resolve(import.meta.dirname, '..', '..', 'snippets');

/** In the order of the semantics and their forms. */
export const snippetIds: readonly SnippetId[] = allSemantics.flatMap(({ id: semantics }) =>
  formsOf(semantics).map((form) => ({ semantics, form })),
);

/**
 * Every snippet of a language.
 * @throws SnippetSourceError with file and line
 */
export function snippetsIn(language: SnippetLanguage): Promise<readonly SnippetFile[]> {
  return Promise.all(snippetIds.map((id) => snippetFile(id, language)));
}

export async function allSnippets(): Promise<readonly SnippetFile[]> {
  return (await Promise.all(snippetLanguages.map(snippetsIn))).flat();
}

async function snippetFile(id: SnippetId, language: SnippetLanguage): Promise<SnippetFile> {
  const file = sourceFileOf(id, language);
  const absolute = path.join(folder, file);
  if (!existsSync(absolute)) throw new SnippetSourceError(`snippets/${file} is missing`);
  try {
    return { id, language, file, source: parseSource(await readFile(absolute, 'utf8'), language) };
  } catch (error) {
    if (!(error instanceof SnippetSourceError)) throw error;
    throw new SnippetSourceError(`snippets/${file}, ${error.message}`);
  }
}
