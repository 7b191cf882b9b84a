import { importRules, type Insertion } from './imports/imports.js';
import { isCommonJs } from './imports/javascript.js';
import { plainText } from './plain-text.js';
import type { SnippetLanguage, SnippetPart } from './snippet.js';

export interface InsertionOrder {
  readonly language: SnippetLanguage;
  readonly part: SnippetPart;
  /** In the editor's snippet syntax. */
  readonly body: readonly string[];
  /** The import lines of the whole program. */
  readonly imports: readonly string[];
  /** The document's lines. */
  readonly document: readonly string[];
  readonly cursor: Cursor;
}

export interface Cursor {
  /** From 0. */
  readonly line: number;
  /** Whether something is selected, which the snippet then replaces. */
  readonly selects: boolean;
}

/** What to do to a document so that a snippet stands in it with its imports, each of them once. */
export interface InsertionPlan {
  /** Done first; lines are those of the document as it is. */
  readonly imports: readonly Insertion[];
  /** In the editor's snippet syntax. */
  readonly body: readonly string[];
  /** A line of the document with the imports in it. */
  readonly place: 'cursor' | { readonly line: number; readonly at: 'start' | 'end' };
}

export function planInsertion(order: InsertionOrder): InsertionPlan {
  const { language, part, body, imports, document } = order;
  const isEmpty = document.every(isBlank);
  if (part === 'program' && isEmpty) return { imports: [], body, place: 'cursor' };
  const rest = part === 'program' ? withoutImports(body, imports) : body;
  const rules = importRules[language];
  const used = rules.used(imports, plainText(rest, '\t'));
  if (isEmpty) return { imports: [], body: [...onlyImports(language, used), ...rest], place: 'cursor' };
  const wraps = language === 'javascript' && part === 'program' && isCommonJs(document);
  return placedBody(wraps ? inAsyncFunction(rest) : rest, rules.missing(document, used), order);
}

/** At the cursor, but below the imports, and on lines of its own. */
function placedBody(
  body: readonly string[],
  imports: readonly Insertion[],
  { language, document, cursor }: InsertionOrder,
): InsertionPlan {
  const end = importRules[language].end(document);
  const line = cursor.line + linesAbove(imports, cursor.line);
  if (cursor.line < end) return belowImports(body, imports, end, document);
  if (cursor.selects || isBlank(document[cursor.line] ?? '')) return { imports, body, place: 'cursor' };
  return { imports, body: ['', ...body], place: { line, at: 'end' } };
}

function belowImports(
  body: readonly string[],
  imports: readonly Insertion[],
  end: number,
  document: readonly string[],
): InsertionPlan {
  const line = end + linesAbove(imports, end);
  const next = document[end];
  if (next === undefined) return { imports, body: ['', '', ...body], place: { line: line - 1, at: 'end' } };
  if (isBlank(next)) return { imports, body: ['', ...body], place: { line, at: 'start' } };
  const isParted = imports.some((insertion) => insertion.line === end && insertion.lines.at(-1) === '');
  return { imports, body: [...(isParted ? [] : ['']), ...body, '', ''], place: { line, at: 'start' } };
}

/** How far the insertions move a line down. */
export function linesAbove(insertions: readonly Insertion[], line: number): number {
  return insertions.reduce((sum, one) => (one.line <= line ? sum + one.lines.length : sum), 0);
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function onlyImports(language: SnippetLanguage, used: readonly string[]): readonly string[] {
  const lines = importRules[language].missing([], used).flatMap((insertion) => insertion.lines);
  return lines.length === 0 ? [] : [...lines, ''];
}

/** The program without its imports; what introduces them, the description, stays above the rest. */
function withoutImports(body: readonly string[], imports: readonly string[]): readonly string[] {
  const from = body.indexOf(imports[0] ?? '');
  let to = from;
  for (const line of imports) to = body.indexOf(line, to) + 1;
  while (body[to] === '') to += 1;
  return [...body.slice(0, from), ...body.slice(to)];
}

/** CommonJS has no `await` outside a function. */
function inAsyncFunction(body: readonly string[]): readonly string[] {
  const inside = body.map((line) => (line === '' ? '' : `\t${line}`));
  return ['(async () => {', ...inside, '})();'];
}
