import { filledProgram } from '../../src/core/snippets/body.js';
import type { SnippetFile } from '../../scripts/snippets/sources.js';
import { isProducer } from './trials.js';
import { namesFor, stopValues } from './names.js';
import type { Language, Program } from './languages/language.js';

/**
 * The programs of a language as a user has them after filling in the tab stops; and of each producer another one that makes its
 * messages at intervals, because the fifth request is the fifth message only where each is sent on its own.
 */
export function programsOf(
  language: Language,
  files: readonly SnippetFile[],
  bootstrap: string,
): readonly Program[] {
  return files.flatMap((file) => {
    const asItStands = programOf(file, bootstrap, false);
    if (!isProducer(file.id)) return [asItStands];
    return [asItStands, programOf(file, bootstrap, true, language.slowed)];
  });
}

/** Names a program within its language. */
export function keyOf({ id }: Pick<SnippetFile, 'id'>, slowed: boolean): string {
  return `${id.semantics}-${id.form}${slowed ? '-slowed' : ''}`.replaceAll(/[^a-z]+/g, '_');
}

function programOf(
  file: SnippetFile,
  bootstrap: string,
  slowed: boolean,
  final?: (statement: string) => string,
): Program {
  const values = stopValues(file.source, bootstrap, namesFor(file.language));
  return { key: keyOf(file, slowed), id: file.id, slowed, text: filledProgram(file.source, values, final) };
}
