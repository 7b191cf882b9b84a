import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A call of `t`, found in the sources: its English sentence, or none when the argument is not a literal. */
export interface MessageUse {
  readonly sentence: string | undefined;
  /** `src/cli/run.ts:12` */
  readonly place: string;
}

/** Every `t('…')`, `l10n.t('…')` and `something.t('…')` below a folder, found in the syntax tree rather than by a pattern. */
export function messageUses(folder: string): readonly MessageUse[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => usesInFile(path.join(folder, file)));
}

function usesInFile(file: string): readonly MessageUse[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const uses: MessageUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslate(node.expression) && !passesOn(node))
      uses.push(use(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/** `(sentence, args) => vscode.l10n.t(sentence, args)`: one translator made from another uses no sentence of its own. */
function passesOn(call: ts.CallExpression): boolean {
  const [argument] = call.arguments;
  const maker = call.parent;
  if (argument === undefined || !ts.isIdentifier(argument) || !ts.isArrowFunction(maker)) return false;
  const [parameter] = maker.parameters;
  return parameter !== undefined && ts.isIdentifier(parameter.name) && parameter.name.text === argument.text;
}

function isTranslate(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 't';
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 't';
}

function use(call: ts.CallExpression, source: ts.SourceFile): MessageUse {
  const [argument] = call.arguments;
  const { line } = source.getLineAndCharacterOfPosition(call.getStart(source));
  const sentence = argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : undefined;
  return { sentence, place: `${source.fileName}:${line + 1}` };
}

/** The names in braces, each as often as it stands there. */
export function placeholders(sentence: string): readonly string[] {
  return (sentence.match(/\{\w+\}/g) ?? []).sort();
}
