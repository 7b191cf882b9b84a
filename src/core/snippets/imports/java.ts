import { readHeader, type HeaderSyntax } from './header.js';
import type { ImportRules } from './imports.js';
import { names, placed } from './placing.js';

const syntax: HeaderSyntax = {
  statement: /^(?:package|import)\s/,
  lineComment: /^\/\//,
  blockComment: { begin: /^\/\*/, end: /\*\// },
};

export const javaImports: ImportRules = {
  used: (imports, code) => imports.filter((line) => names(code, simpleName(line))),

  missing: (document, imports) => {
    const header = readHeader(document, syntax);
    const present = header.statements.map(({ text }) => importedBy(text));
    const isPresent = (name: string): boolean =>
      present.includes(name) || present.includes(`${packageOf(name)}.*`);
    const added = imports.filter((line) => !isPresent(importedBy(line)));
    const hasImports = header.statements.some(({ text }) => /^\s*import\s/.test(text));
    // A package clause stands apart from the imports below it.
    return placed(document, hasImports ? header : { ...header, statements: [] }, added);
  },

  end: (document) => readHeader(document, syntax).end,
};

/** `import java.util.List;` → `java.util.List` */
function importedBy(statement: string): string {
  return /^import\s+([\w.*]+)\s*;/.exec(statement.trim())?.[1] ?? '';
}

function packageOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

function simpleName(line: string): string {
  return importedBy(line).replace(/^.*\./, '');
}
