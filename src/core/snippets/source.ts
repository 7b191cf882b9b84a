import type { CommentLanguage, SnippetLanguage } from './snippet.js';

/** A snippet's source file, its marks read and removed; docs/snippets.md describes the marks. */
export interface SnippetSource {
  readonly language: SnippetLanguage;
  /** The literals that become tab stops 1, 2, 3 …: `localhost:9092`, `orders` … */
  readonly stops: readonly string[];
  readonly description: Readonly<Record<CommentLanguage, string>>;
  readonly lines: readonly SourceLine[];
}

export type Region = 'imports' | 'settings' | 'pattern';

interface Placed {
  readonly region?: Region;
}

export type SourceLine =
  | (Placed & {
      readonly kind: 'comment';
      readonly comments: CommentLanguage;
      /** With its indentation and the language's comment sign. */
      readonly text: string;
    })
  | (Placed & {
      readonly kind: 'code';
      readonly text: string;
      /** The user's own processing stands here: the last tab stop. */
      readonly isFinalStop: boolean;
      /** What makes the guarantee what it is. */
      readonly isToBlame: boolean;
    });

/** A source that breaks the rules of docs/snippets.md; a mistake of ours, found by generator and tests. */
export class SnippetSourceError extends Error {
  override readonly name = 'SnippetSourceError';
}

/** @throws SnippetSourceError with the line */
export function parseSource(text: string, language: SnippetLanguage): SnippetSource {
  const sign = commentSignOf(language);
  const [head = '', ...rest] = text.trimEnd().split('\n');
  const stops = stopsOf(head, sign);
  const lines = linesOf(rest, sign);
  const source = { language, stops, description: descriptionOf(lines, sign), lines };
  checkMarks(source);
  return source;
}

export function commentSignOf(language: SnippetLanguage): string {
  return language === 'python' ? '#' : '//';
}

function stopsOf(head: string, sign: string): readonly string[] {
  const opening = `${sign} tab stops: `;
  if (!head.startsWith(opening)) throw new SnippetSourceError(`line 1 must begin with “${opening}”`);
  return head.slice(opening.length).split(' | ');
}

function linesOf(rest: readonly string[], sign: string): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  let region: Region | undefined;
  for (const [index, line] of rest.entries()) {
    const mark = regionMark(line, sign);
    if (mark === undefined) lines.push({ ...readLine(line, sign, index + 2), ...(region && { region }) });
    else if (mark === 'end' ? region === undefined : region !== undefined)
      throw new SnippetSourceError(`line ${index + 2}: regions neither nest nor end twice`);
    else region = mark === 'end' ? undefined : mark;
  }
  if (region !== undefined) throw new SnippetSourceError(`the region “${region}” does not end`);
  return lines;
}

function regionMark(line: string, sign: string): Region | 'end' | undefined {
  const words = line.trim();
  if (words === `${sign} endregion`) return 'end';
  const name = words.startsWith(`${sign} region `) ? words.slice(`${sign} region `.length) : undefined;
  return name === 'imports' || name === 'settings' || name === 'pattern' ? name : undefined;
}

function readLine(line: string, sign: string, number: number): SourceLine {
  const indentation = /^\s*/.exec(line)?.[0] ?? '';
  const words = line.slice(indentation.length);
  if (words.startsWith(sign)) {
    const [, comments, text] = /^(?:#|\/\/) (en|fr): (.+)$/.exec(words) ?? [];
    if (comments === undefined || text === undefined)
      throw new SnippetSourceError(`line ${number}: a comment begins with “en: ” or “fr: ”`);
    return {
      kind: 'comment',
      comments: comments as CommentLanguage,
      text: `${indentation}${sign} ${text}`,
    };
  }
  return readCode(line, sign);
}

function readCode(line: string, sign: string): SourceLine {
  const [text, marks] = withoutMarks(line, sign);
  return { kind: 'code', text, isFinalStop: marks.includes('$0'), isToBlame: marks.includes('blame') };
}

function withoutMarks(line: string, sign: string): [text: string, marks: readonly string[]] {
  const mark = ['$0', 'blame'].find((one) => line.endsWith(` ${sign} ${one}`));
  if (mark === undefined) return [line, []];
  const before = line.slice(0, -` ${sign} ${mark}`.length).trimEnd();
  const [text, marks] = withoutMarks(before, sign);
  return [text, [...marks, mark]];
}

/** The comments that open the file: what is guaranteed, and what is not. */
function descriptionOf(lines: readonly SourceLine[], sign: string): SnippetSource['description'] {
  const end = lines.findIndex(({ kind }) => kind === 'code');
  const opening = lines.slice(0, end);
  const inLanguage = (language: CommentLanguage): string =>
    opening
      .flatMap((line) => (line.kind === 'comment' && line.comments === language ? [line.text] : []))
      .map((text) => text.slice(sign.length + 1))
      .join(' ');
  return { en: inLanguage('en'), fr: inLanguage('fr') };
}

function checkMarks({ lines, description }: SnippetSource): void {
  const finals = lines.filter((line) => line.kind === 'code' && line.isFinalStop).length;
  if (finals !== 1) throw new SnippetSourceError(`one line bears “$0”, not ${finals}`);
  for (const region of ['imports', 'settings', 'pattern'] as const)
    if (!lines.some((line) => line.region === region))
      throw new SnippetSourceError(`there is no region “${region}”`);
  if (description.en === '' || description.fr === '')
    throw new SnippetSourceError('the description stands at the top, in both languages');
}
