/** One property with the line that it begins on, so that an error can say where. */
export interface Property {
  readonly value: string;
  readonly line: number;
}

/**
 * Reads Java's properties syntax as `java.util.Properties.load` does: comments with # or !, keys ended by =, : or white
 * space, a backslash at the end of a line continues it, \t \n \r \f \u with four hex digits, and a backslash before anything else. A key that
 * comes twice keeps its last value.
 */
export function parseProperties(text: string): ReadonlyMap<string, Property> {
  return new Map(logicalLines(text).map(({ content, line }) => keyAndValue(content, line)));
}

interface LogicalLine {
  readonly content: string;
  readonly line: number;
}

function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let open: LogicalLine | undefined;
  for (const [index, natural] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const content: string = (open?.content ?? '') + natural.trimStart();
    // A comment cannot be continued, and what continues a line is no comment even if it begins with #.
    if (open === undefined && (content === '' || content.startsWith('#') || content.startsWith('!')))
      continue;
    const line: number = open?.line ?? index + 1;
    open = endsInOddBackslash(natural) ? { content: content.slice(0, -1), line } : undefined;
    if (open === undefined) lines.push({ content, line });
  }
  return open === undefined ? lines : [...lines, open];
}

/** `C:\\` ends in an escaped backslash and is not continued. */
function endsInOddBackslash(text: string): boolean {
  const backslashes = /\\*$/.exec(text)?.[0].length ?? 0;
  return backslashes % 2 === 1;
}

function keyAndValue(content: string, line: number): [string, Property] {
  const key = /^(?:\\.|[^\\=:\s])*/.exec(content)?.[0] ?? '';
  const value = content.slice(key.length).replace(/^\s*[=:]?\s*/, '');
  return [unescaped(key), { value: unescaped(value), line }];
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_whole, code: string | undefined, character = '') =>
    code === undefined
      ? (escapes[String(character)] ?? String(character))
      : String.fromCharCode(parseInt(code, 16)),
  );
}
