import { createInterface } from 'node:readline/promises';
import type { Leftovers } from '../runner/leftovers.js';
import type { CleanCommand } from './arguments.js';
import { CliError, exit, type ExitCode } from './cli-error.js';
import { writeLine, type Context } from './context.js';
import { targetOf } from './target.js';

/** Lists what killed runs left on a cluster, asks, and removes it. */
export async function clean(command: CleanCommand, context: Context): Promise<ExitCode> {
  const { terminal, wording, installation, signal } = context;
  const { t } = wording;
  const target = await targetOf(command.connection, t);
  const { openLab } = await import('#runner');
  const lab = await openLab({ target, workers: installation.workers, signal });
  try {
    const leftovers = await lab.findLeftovers();
    const names = [...leftovers.topics, ...leftovers.groups];
    if (names.length === 0) {
      writeLine(terminal.out, t('Nothing is left over.'));
      return exit.expected;
    }
    show(leftovers, context);
    writeLine(
      terminal.out,
      t('A run that is in progress there from elsewhere would lose its topics: let it end first.'),
    );
    if (!command.yes && !(await confirmed(context))) {
      writeLine(terminal.out, t('Nothing was removed.'));
      return exit.different;
    }
    await lab.removeLeftovers(leftovers);
    writeLine(terminal.out, t('Removed.'));
    return exit.expected;
  } finally {
    await lab.dispose();
  }
}

function show({ topics, groups }: Leftovers, { terminal, wording }: Context): void {
  const { t } = wording;
  const lists = [
    { title: t('Topics'), names: topics },
    { title: t('Groups'), names: groups },
  ];
  for (const { title, names } of lists) {
    if (names.length > 0) writeLine(terminal.out, terminal.style.heading(title));
    for (const name of names) writeLine(terminal.out, `  ${name}`);
  }
}

/** Never removes unasked: without a terminal to ask on, `--yes` is needed. */
async function confirmed({ terminal, wording, signal }: Context): Promise<boolean> {
  const { t } = wording;
  if (!process.stdin.isTTY)
    throw new CliError(t('Nobody can be asked here: give --yes to remove them.'), exit.usage);
  const readline = createInterface({ input: process.stdin, output: terminal.out });
  try {
    const answer = await readline.question(t('Remove them? [y/N] '), { signal });
    // Either language's yes, whichever is asked in.
    return /^(y|yes|o|oui)$/i.test(answer.trim());
  } finally {
    readline.close();
  }
}
