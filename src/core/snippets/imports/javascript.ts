import { readHeader, type HeaderSyntax } from './header.js';
import type { ImportRules } from './imports.js';
import { names, placed } from './placing.js';

const syntax: HeaderSyntax = {
  statement:
    /^(?:import\b(?!\s*[(.])|(?:const|let|var)\s[^=]*=\s*require\s*\(|(?:const|let|var)\s*\{[^}]*$|['"]use strict['"])/,
  lineComment: /^(?:\/\/|#!)/,
  blockComment: { begin: /^\/\*/, end: /\*\// },
};

interface ModuleImport {
  readonly module: string;
  readonly names: readonly Binding[];
}

interface Binding {
  readonly exported: string;
  readonly local: string;
}

export const javascriptImports: ImportRules = {
  used: (imports, code) =>
    imports.map(parse).flatMap((one) => {
      const used = one.names.filter(({ local }) => names(code, local));
      return written({ ...one, names: used }, false);
    }),

  missing: (document, imports) => {
    const header = readHeader(document, syntax);
    const present = header.statements.flatMap(({ text }) => parseStatement(text) ?? []);
    const added = imports.map(parse).flatMap((one) => {
      const bound = present.filter(({ module }) => module === one.module).flatMap((other) => other.names);
      const missing = one.names.filter(({ local }) => !bound.some((other) => other.local === local));
      return written({ ...one, names: missing }, isCommonJs(document));
    });
    return placed(document, header, added);
  },

  end: (document) => readHeader(document, syntax).end,
};

/** A document that requires its modules, and imports none: there `import` is an error, and so is `await` outside a function. */
export function isCommonJs(document: readonly string[]): boolean {
  const has = (sign: RegExp): boolean => document.some((line) => sign.test(line));
  return has(/\brequire\s*\(\s*['"]/) && !has(/^\s*(?:import\b(?!\s*[(.])|export\b)/);
}

function written({ module, names: some }: ModuleImport, commonJs: boolean): readonly string[] {
  if (some.length === 0) return [];
  const renamed = commonJs ? ': ' : ' as ';
  const list = some.map(({ exported, local }) =>
    exported === local ? local : `${exported}${renamed}${local}`,
  );
  const braces = `{ ${list.join(', ')} }`;
  return [commonJs ? `const ${braces} = require('${module}');` : `import ${braces} from '${module}';`];
}

function parse(line: string): ModuleImport {
  const found = parseStatement(line);
  if (found === undefined) throw new Error(`not an import of names: ${line}`);
  return found;
}

/** Names in braces, imported or required; a type alone is no value. */
function parseStatement(text: string): ModuleImport | undefined {
  const flat = text.replaceAll(/\s+/g, ' ');
  const [, list, module] =
    /^import (?!type )[^{]*\{([^}]*)\} from ['"]([^'"]+)['"]/.exec(flat) ??
    /^(?:const|let|var) \{([^}]*)\} = require\( ?['"]([^'"]+)['"]/.exec(flat) ??
    [];
  return list === undefined || module === undefined ? undefined : { module, names: bindings(list) };
}

function bindings(list: string): readonly Binding[] {
  return list.split(',').flatMap((one) => {
    const [exported, local] = one.trim().split(/ as |: ?/);
    if (exported === undefined || exported === '' || exported.startsWith('type ')) return [];
    return [{ exported, local: local ?? exported }];
  });
}
