import { readHeader, type HeaderSyntax } from './header.js';
import type { ImportRules } from './imports.js';
import { names, placed } from './placing.js';

const syntax: HeaderSyntax = {
  statement: /^(?:import|from)\s/,
  lineComment: /^#/,
  blockComment: { begin: /^[rRuU]?("""|''')/, end: /("""|''')/ },
};

/** `import module` has no names. */
interface PythonImport {
  readonly module: string;
  readonly names: readonly string[];
}

export const pythonImports: ImportRules = {
  used: (imports, code) =>
    imports.flatMap((line) => {
      const { module, names: all } = parse(line);
      if (all.length === 0) return names(code, module) ? [line] : [];
      return written(
        module,
        all.filter((name) => names(code, name)),
      );
    }),

  missing: (document, imports) => {
    const header = readHeader(document, syntax);
    const present = header.statements.map(({ text }) => text).flatMap(parseAll);
    const added = imports.flatMap((line) => {
      const { module, names: all } = parse(line);
      const same = present.filter((one) => one.module === module);
      if (all.length === 0) return same.some((one) => one.names.length === 0) ? [] : [line];
      const bound = same.flatMap((one) => one.names);
      return written(
        module,
        all.filter((name) => !bound.includes(name)),
      );
    });
    return placed(document, header, added);
  },

  end: (document) => readHeader(document, syntax).end,
};

function written(module: string, some: readonly string[]): readonly string[] {
  return some.length === 0 ? [] : [`from ${module} import ${some.join(', ')}`];
}

function parse(line: string): PythonImport {
  const [first] = parseAll(line);
  if (first === undefined) throw new Error(`not an import: ${line}`);
  return first;
}

/** A name imported under another is none that a snippet could use: it is left out. */
function parseAll(statement: string): readonly PythonImport[] {
  const text = statement.replaceAll(/#.*$/gm, '').replaceAll(/[()\\\s]+/g, ' ');
  const from = /^from (\S+) import (.+)$/.exec(text.trim());
  if (from) return [{ module: from[1] ?? '', names: list(from[2] ?? '') }];
  const modules = /^import (.+)$/.exec(text.trim());
  return list(modules?.[1] ?? '').map((module) => ({ module, names: [] }));
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.includes(' as '));
}
