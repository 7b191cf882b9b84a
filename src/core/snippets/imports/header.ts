/** An import, package clause or the like at the top of a document, as it stands there. */
export interface Statement {
  /** First line, from 0, and the one behind its last. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Header {
  readonly statements: readonly Statement[];
  /** The line before which another import belongs: behind the last statement, or behind what introduces the file. */
  readonly end: number;
}

/** How a language writes what stands above the code. */
export interface HeaderSyntax {
  readonly statement: RegExp;
  readonly lineComment: RegExp;
  readonly blockComment: { readonly begin: RegExp; readonly end: RegExp };
}

/** Reads a document from its top down to the first line that is code. */
export function readHeader(lines: readonly string[], syntax: HeaderSyntax): Header {
  const statements: Statement[] = [];
  let end = 0;
  for (let line = 0; line < lines.length;) {
    const text = lines[line]?.trim() ?? '';
    const isFirst = statements.length === 0 && end === 0;
    if (syntax.statement.test(text)) {
      const statement = statementAt(lines, line);
      statements.push(statement);
      line = end = statement.to;
    } else if (syntax.blockComment.begin.test(text)) {
      line = endOfBlock(lines, line, syntax);
      if (isFirst) end = line;
    } else if (syntax.lineComment.test(text)) {
      line = endOfComments(lines, line, syntax);
      if (isFirst && introducesFile(lines, line)) end = line;
    } else if (text === '') line += 1;
    else break;
  }
  return { statements, end };
}

/** Over as many lines as its brackets, or a backslash at a line's end, ask for. */
function statementAt(lines: readonly string[], from: number): Statement {
  let to = from;
  let open = 0;
  let text = '';
  do {
    const line = lines[to] ?? '';
    open += count(line, /[([{]/g) - count(line, /[)\]}]/g);
    text += `${line}\n`;
    to += 1;
  } while (to < lines.length && (open > 0 || text.endsWith('\\\n')));
  return { from, to, text };
}

function count(line: string, sign: RegExp): number {
  return line.match(sign)?.length ?? 0;
}

function endOfBlock(lines: readonly string[], from: number, { blockComment }: HeaderSyntax): number {
  const opening = (lines[from] ?? '').trim().replace(blockComment.begin, '');
  if (blockComment.end.test(opening)) return from + 1;
  const last = lines.findIndex((line, index) => index > from && blockComment.end.test(line));
  return last < 0 ? lines.length : last + 1;
}

function endOfComments(lines: readonly string[], from: number, { lineComment }: HeaderSyntax): number {
  const next = lines.findIndex((line, index) => index > from && !lineComment.test(line.trim()));
  return next < 0 ? lines.length : next;
}

/** A comment right above code belongs to that; one that stands apart, or names the interpreter, to the file. */
function introducesFile(lines: readonly string[], end: number): boolean {
  return (lines[end] ?? '').trim() === '' || (lines[0] ?? '').startsWith('#!');
}
