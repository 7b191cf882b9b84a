import { readHeader, type Header, type HeaderSyntax, type Statement } from './header.js';
import type { ImportRules, Insertion } from './imports.js';
import { placed } from './placing.js';

const syntax: HeaderSyntax = {
  statement: /^(?:package|import)\s/,
  lineComment: /^\/\//,
  blockComment: { begin: /^\/\*/, end: /\*\// },
};

const packageClause = 'package main';

/** Go refuses what is imported and not used, and a second package clause. */
export const goImports: ImportRules = {
  used: (imports, code) => block(pathsOf(imports).filter((path) => isCalled(code, path))),

  missing: (document, imports) => {
    const header = readHeader(document, syntax);
    const present = pathsOf(header.statements.map(({ text }) => text));
    const added = pathsOf(imports).filter((path) => !present.includes(path));
    const parenthesised = header.statements.find(({ text }) => /^import\s*\(/.test(text));
    if (parenthesised && added.length > 0) return intoBlock(document, parenthesised, added);
    return placed(document, behindClause(header), withClause(header, block(added)));
  },

  end: (document) => readHeader(document, syntax).end,
};

function withClause({ statements }: Header, added: readonly string[]): readonly string[] {
  if (statements.some(({ text }) => /^package\s/.test(text))) return added;
  return added.length === 0 ? [packageClause] : [packageClause, '', ...added];
}

/** The clause stands apart from the imports below it. */
function behindClause(header: Header): Header {
  const imports = header.statements.filter(({ text }) => !/^package\s/.test(text));
  return { ...header, statements: imports };
}

/** The standard library first, then the others, as gofmt users write it. */
function block(paths: readonly string[]): readonly string[] {
  const standard = paths.filter(isStandard);
  const others = paths.filter((path) => !isStandard(path));
  const between = standard.length > 0 && others.length > 0 ? [''] : [];
  return paths.length === 0
    ? []
    : ['import (', ...standard.map(quoted), ...between, ...others.map(quoted), ')'];
}

function intoBlock(
  document: readonly string[],
  { from, to }: Statement,
  added: readonly string[],
): readonly Insertion[] {
  const lines = document
    .slice(from, to)
    .map((line, index) => ({ line: from + index, paths: pathsOf([line]) }));
  const lastStandard = lines.findLast(({ paths }) => paths.some(isStandard));
  const standard = added.filter(isStandard).map(quoted);
  const others = added.filter((path) => !isStandard(path)).map(quoted);
  const hasOthers = lines.some(({ paths }) => paths.some((path) => !isStandard(path)));
  return [
    { line: (lastStandard?.line ?? from) + 1, lines: standard },
    { line: to - 1, lines: others.length > 0 && !hasOthers ? ['', ...others] : others },
  ].filter((insertion) => insertion.lines.length > 0);
}

/** Those without a name of their own: a package under another name is none that a snippet could use. */
function pathsOf(lines: readonly string[]): readonly string[] {
  return lines
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => /^\s*(?:import\s+)?\(?\s*"([^"]+)"/.exec(line)?.[1] ?? []);
}

function isStandard(path: string): boolean {
  return !(path.split('/')[0] ?? '').includes('.');
}

/** `signal.Notify`: what a package exports begins with a capital. */
function isCalled(code: string, path: string): boolean {
  const name = path.replace(/^.*\//, '');
  return new RegExp(`(?<![\\w.])${name}\\.[A-Z]`).test(code);
}

function quoted(path: string): string {
  return `\t"${path}"`;
}
