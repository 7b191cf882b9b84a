import type { SemanticsId } from '../semantics/semantics.js';

/** Languages that have snippets of their own; TypeScript takes JavaScript's, whose text is valid in both. */
export type SnippetLanguage = 'python' | 'javascript' | 'java' | 'go';

export const snippetLanguages: readonly SnippetLanguage[] = ['python', 'javascript', 'java', 'go'];

/** What the editor calls the languages (`TextDocument.languageId`), with the snippets that suit them. */
export const editorLanguages: Readonly<Record<string, SnippetLanguage>> = {
  python: 'python',
  javascript: 'javascript',
  typescript: 'javascript',
  javascriptreact: 'javascript',
  typescriptreact: 'javascript',
  java: 'java',
  go: 'go',
};

/** As short as the course's notes, or what one would put in production; the exactly-once effect has three safe forms. */
export type SnippetForm = 'course' | 'safe' | 'safe-idempotent-effect' | 'safe-offset-with-result';

/** What of a program is inserted. */
export type SnippetPart = 'program' | 'settings' | 'pattern';

export const snippetParts: readonly SnippetPart[] = ['program', 'settings', 'pattern'];

/** Language of the comments. */
export type CommentLanguage = 'en' | 'fr';

export const commentLanguages: readonly CommentLanguage[] = ['en', 'fr'];

export interface SnippetId {
  readonly semantics: SemanticsId;
  readonly form: SnippetForm;
}

export function formsOf(semantics: SemanticsId): readonly SnippetForm[] {
  return semantics === 'consumer.exactly-once'
    ? ['course', 'safe', 'safe-idempotent-effect', 'safe-offset-with-result']
    : ['course', 'safe'];
}

/** The source file below `snippets/`. */
export function sourceFileOf({ semantics, form }: SnippetId, language: SnippetLanguage): string {
  return `${folderOf(semantics)}/${form}.${extensionOf[language]}`;
}

export const extensionOf: Readonly<Record<SnippetLanguage, string>> = {
  python: 'py',
  javascript: 'js',
  java: 'java',
  go: 'go',
};

/** What a user types: `kafka-producer-at-most-once`, `kafka-consumer-exactly-once-safe-settings` … */
export function prefixOf({ semantics, form }: SnippetId, part: SnippetPart): string {
  const words = ['kafka', folderOf(semantics)];
  if (form !== 'course') words.push(form);
  if (part !== 'program') words.push(part);
  return words.join('-');
}

/** The same in a few letters: `kpamo`, `kceo-safe-settings` … */
export function aliasOf({ semantics, form }: SnippetId, part: SnippetPart): string {
  const words = [initialsOf[semantics]];
  if (form !== 'course') words.push(form);
  if (part !== 'program') words.push(part);
  return words.join('-');
}

const initialsOf: Readonly<Record<SemanticsId, string>> = {
  'producer.at-most-once': 'kpamo',
  'producer.at-least-once': 'kpalo',
  'producer.exactly-once': 'kpeo',
  'consumer.at-most-once': 'kcamo',
  'consumer.at-least-once': 'kcalo',
  'consumer.exactly-once': 'kceo',
  pipeline: 'kpipe',
};

function folderOf(semantics: SemanticsId): string {
  return semantics.replace('.', '-');
}
