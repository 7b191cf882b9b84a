import type { SnippetLanguage } from './snippet.js';

/** snippets/vscode/library.json: what the editor's own format has no place for, by the prefix of the whole program. */
export type SnippetLibrary = Readonly<Record<SnippetLanguage, Readonly<Record<string, SnippetFacts>>>>;

export interface SnippetFacts {
  /** Import lines as they stand in the program; Go: with its package clause. */
  readonly imports: readonly string[];
  /** The line that makes the guarantee what it is; course forms have one. */
  readonly blamed?: string;
}

/** A file such as snippets/vscode/python.en.json, by prefix. */
export type EditorSnippets = Readonly<Record<string, EditorSnippet>>;

export interface EditorSnippet {
  /** The full prefix, then its alias. */
  readonly prefix: readonly string[];
  /** Lines in the editor's snippet syntax, indented by tabs. */
  readonly body: readonly string[];
  readonly description: string;
}
