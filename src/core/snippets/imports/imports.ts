import type { SnippetLanguage } from '../snippet.js';
import { goImports } from './go.js';
import { javaImports } from './java.js';
import { javascriptImports } from './javascript.js';
import { pythonImports } from './python.js';

/** Lines to insert before a line of a document, counted from 0. */
export interface Insertion {
  readonly line: number;
  readonly lines: readonly string[];
}

/** What a language says about imports. Import lines are those of a snippet's program, each a statement of its own but for Go. */
export interface ImportRules {
  /** Those that `code` uses, and nothing else of them: some languages refuse what is not used. */
  used(imports: readonly string[], code: string): readonly string[];
  /** What the document lacks of them, and where it belongs. */
  missing(document: readonly string[], imports: readonly string[]): readonly Insertion[];
  /** The line of the document above which only imports stand. */
  end(document: readonly string[]): number;
}

export const importRules: Readonly<Record<SnippetLanguage, ImportRules>> = {
  python: pythonImports,
  javascript: javascriptImports,
  java: javaImports,
  go: goImports,
};
