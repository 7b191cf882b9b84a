import type { CommentLanguage, SnippetLanguage, SnippetPart } from './snippet.js';
import type { SnippetSource, SourceLine } from './source.js';

/** The lines of a part as they stand in a program: marks and the other language's comments removed, indentation kept. */
export function textOf(
  source: SnippetSource,
  part: SnippetPart,
  comments: CommentLanguage,
): readonly string[] {
  return chosen(source, part, comments).map(({ text }) => text);
}

/** The import lines (Go: with its package clause), without blank lines. */
export function importsOf({ lines }: SnippetSource): readonly string[] {
  return lines.flatMap((line) => (line.region === 'imports' && line.text !== '' ? [line.text] : []));
}

/** The code of the line that makes the guarantee what it is; only the course forms name one. */
export function blamedLineOf({ lines }: SnippetSource): string | undefined {
  return lines.find((line) => line.kind === 'code' && line.isToBlame)?.text.trim();
}

/**
 * A part in the syntax of the editor's snippets: tab stops, `$`, `\` and `}` escaped, each level of indentation a tab, which
 * the editor turns into what the document uses.
 */
export function snippetBody(
  source: SnippetSource,
  part: SnippetPart,
  comments: CommentLanguage,
): readonly string[] {
  const seen = new Set<number>();
  return dedented(chosen(source, part, comments)).map((line) => {
    const text = withTabs(line.text, source.language);
    if (line.kind === 'comment') return escaped(text);
    if (!line.isFinalStop) return withStops(text, source.stops, seen);
    const indentation = /^\t*/.exec(text)?.[0] ?? '';
    return `${indentation}\${0:${escaped(text.slice(indentation.length)).replaceAll('}', '\\}')}}`;
  });
}

/** The whole program with other values at its tab stops, as after a user has filled them in; `final` rewrites the last. */
export function filledProgram(
  source: SnippetSource,
  values: readonly string[],
  final: (statement: string) => string = (statement) => statement,
): string {
  const lines = chosen(source, 'program', 'en').map((line) => {
    if (line.kind === 'comment') return line.text;
    const text = replaceStops(line.text, source.stops, (_, index) => values[index] ?? '');
    const indentation = /^\s*/.exec(text)?.[0] ?? '';
    return line.isFinalStop ? indentation + final(text.slice(indentation.length)) : text;
  });
  return `${lines.join('\n')}\n`;
}

function chosen(
  { language, lines }: SnippetSource,
  part: SnippetPart,
  comments: CommentLanguage,
): readonly SourceLine[] {
  const inLanguage = lines.filter((line) => line.kind === 'code' || line.comments === comments);
  return trimmed(part === 'program' ? inLanguage : joinedRegions(inLanguage, part), blankLinesIn(language));
}

/** Regions of one name that stand apart are parted by a blank line. */
function joinedRegions(lines: readonly SourceLine[], part: SnippetPart): readonly SourceLine[] {
  const joined: SourceLine[] = [];
  let last = -1;
  for (const [index, line] of lines.entries()) {
    if (line.region !== part) continue;
    if (joined.length > 0 && last !== index - 1) joined.push(blank);
    joined.push(line);
    last = index;
  }
  return joined;
}

const blank: SourceLine = { kind: 'code', text: '', isFinalStop: false, isToBlame: false };

/** Without blank lines at its ends, and never more of them together than `together` where a mark was between. */
function trimmed(lines: readonly SourceLine[], together: number): readonly SourceLine[] {
  const isBlank = (index: number): boolean => lines[index]?.text === '';
  const first = lines.findIndex(({ text }) => text !== '');
  const last = lines.findLastIndex(({ text }) => text !== '');
  const isTooMany = (index: number): boolean =>
    Array.from({ length: together + 1 }, (_, back) => index - back).every(isBlank);
  return lines.filter((_, index) => index >= first && index <= last && !isTooMany(index));
}

/** Python's style asks for two between functions. */
function blankLinesIn(language: SnippetLanguage): number {
  return language === 'python' ? 2 : 1;
}

function dedented(lines: readonly SourceLine[]): readonly SourceLine[] {
  const indentations = lines
    .filter(({ text }) => text !== '')
    .map(({ text }) => /^\s*/.exec(text)?.[0].length ?? 0);
  const common = Math.min(...indentations);
  return lines.map((line) => ({ ...line, text: line.text.slice(common) }));
}

const indentationOf: Readonly<Record<SnippetLanguage, string>> = {
  python: '    ',
  javascript: '  ',
  java: '    ',
  go: '\t',
};

function withTabs(text: string, language: SnippetLanguage): string {
  const unit = indentationOf[language];
  let levels = 0;
  while (text.startsWith(unit, levels * unit.length)) levels++;
  return '\t'.repeat(levels) + text.slice(levels * unit.length);
}

/** `seen` is filled: the first occurrence of a stop shows its value, the others repeat it. */
function withStops(text: string, stops: readonly string[], seen: Set<number>): string {
  return replaceStops(escaped(text), stops, (literal, index) => {
    const number = index + 1;
    if (seen.has(number)) return `\${${number}}`;
    seen.add(number);
    return `\${${number}:${literal}}`;
  });
}

function replaceStops(
  text: string,
  stops: readonly string[],
  replacement: (literal: string, index: number) => string,
): string {
  return text.replace(/(["'`])([^"'`]+)\1/g, (whole, quote: string, literal: string) => {
    const index = stops.indexOf(literal);
    return index < 0 ? whole : `${quote}${replacement(literal, index)}${quote}`;
  });
}

function escaped(text: string): string {
  return text.replace(/[\\$]/g, '\\$&');
}
