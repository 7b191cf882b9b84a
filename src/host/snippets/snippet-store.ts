import * as vscode from 'vscode';
import type { EditorSnippet, EditorSnippets, SnippetLibrary } from '../../core/snippets/library.js';
import {
  prefixOf,
  type CommentLanguage,
  type SnippetId,
  type SnippetLanguage,
  type SnippetPart,
} from '../../core/snippets/snippet.js';
import type { SemanticsId } from '../../core/semantics/semantics.js';

/** The snippets from the extension's own files, read at first use and kept. */
export class SnippetStore {
  private readonly files = new Map<string, Promise<unknown>>();

  constructor(private readonly extension: vscode.Uri) {}

  async snippet(
    id: SnippetId,
    part: SnippetPart,
    language: SnippetLanguage,
    comments: CommentLanguage,
  ): Promise<EditorSnippet> {
    const prefix = prefixOf(id, part);
    return required((await this.all(language, comments))[prefix], prefix);
  }

  all(language: SnippetLanguage, comments: CommentLanguage): Promise<EditorSnippets> {
    return this.read<EditorSnippets>(`${language}.${comments}.json`);
  }

  /** Import lines of the whole program. */
  async imports(id: SnippetId, language: SnippetLanguage): Promise<readonly string[]> {
    const prefix = prefixOf(id, 'program');
    return required((await this.library())[language][prefix], prefix).imports;
  }

  /** The line that makes the guarantee what it is. */
  async blamed(semantics: SemanticsId, language: SnippetLanguage): Promise<string> {
    const prefix = prefixOf({ semantics, form: 'course' }, 'program');
    return required((await this.library())[language][prefix]?.blamed, prefix);
  }

  private library(): Promise<SnippetLibrary> {
    return this.read<SnippetLibrary>('library.json');
  }

  private read<Content>(name: string): Promise<Content> {
    const reading = this.files.get(name) ?? this.readFile(name);
    this.files.set(name, reading);
    return reading as Promise<Content>;
  }

  private async readFile(name: string): Promise<unknown> {
    const file = vscode.Uri.joinPath(this.extension, 'snippets', 'vscode', name);
    return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  }
}

function required<T>(value: T | undefined, prefix: string): T {
  if (value === undefined) throw new Error(`there is no snippet ${prefix}`);
  return value;
}
