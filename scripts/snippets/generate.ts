import { blamedLineOf, importsOf, snippetBody } from '../../src/core/snippets/body.js';
import type { SnippetFacts, SnippetLibrary } from '../../src/core/snippets/library.js';
import {
  aliasOf,
  commentLanguages,
  prefixOf,
  snippetLanguages,
  snippetParts,
  type CommentLanguage,
  type SnippetPart,
} from '../../src/core/snippets/snippet.js';
import { snippetsIn, type SnippetFile } from './sources.js';

/** The files of snippets/vscode: one in the editor's format for each language and each language of comments, and the library. */
export async function generatedSnippets(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const library: Record<string, SnippetLibrary[keyof SnippetLibrary]> = {};
  for (const language of snippetLanguages) {
    const snippets = await snippetsIn(language);
    for (const comments of commentLanguages)
      files.set(`${language}.${comments}.json`, json(editorSnippets(snippets, comments)));
    library[language] = Object.fromEntries(snippets.map(libraryEntry));
  }
  files.set('library.json', json(library));
  return files;
}

function editorSnippets(snippets: readonly SnippetFile[], comments: CommentLanguage): object {
  return Object.fromEntries(
    snippets.flatMap((snippet) => snippetParts.map((part) => editorSnippet(snippet, part, comments))),
  );
}

function editorSnippet(
  { id, source }: SnippetFile,
  part: SnippetPart,
  comments: CommentLanguage,
): [name: string, snippet: object] {
  const prefix = prefixOf(id, part);
  const body = snippetBody(source, part, comments);
  return [prefix, { prefix: [prefix, aliasOf(id, part)], body, description: source.description[comments] }];
}

function libraryEntry({ id, source }: SnippetFile): [prefix: string, entry: SnippetFacts] {
  const blamed = blamedLineOf(source);
  const entry = { imports: importsOf(source), ...(blamed !== undefined && { blamed }) };
  return [prefixOf(id, 'program'), entry];
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
