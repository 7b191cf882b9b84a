import type { GroupRow, GroupState } from '../cluster/cluster.js';
import type { LagReading } from '../cluster/read-lag.js';
import type { Committed } from '../core/lag/lag.js';
import { lagCell, lagNote } from '../core/text/lag-sentence.js';
import type { LagCommand } from './arguments.js';
import { CliError, exit, type ExitCode } from './cli-error.js';
import { writeLine, type Context } from './context.js';
import { groupHeading, lagTable } from './lag-table.js';
import { targetOf } from './target.js';

/** What the groups of a cluster have committed, and what is left to them. Nothing is created there, nothing joined. */
export async function lag(command: LagCommand, context: Context): Promise<ExitCode> {
  const { terminal, wording, signal } = context;
  const { t } = wording;
  const target = await targetOf(command.connection, t);
  // The command line asks for a cluster (arguments.ts): nobody has groups on a broker that is not running yet.
  if (target.kind === 'embedded') return exit.usage;
  const { readLag } = await import('#cluster');
  const { group } = command;
  const reading = await readLag({
    connection: target.connection,
    signal,
    ...(group !== undefined && { group }),
  });
  for (const { node, reason } of reading.problems)
    writeLine(terminal.error, t('The groups of node {node} could not be read: {reason}.', { node, reason }));
  if (group !== undefined && reading.groups.length === 0) throw new CliError(missing(group, reading, t));
  const lines = command.json ? jsonLines(reading, context) : tables(reading, context);
  for (const line of lines) writeLine(terminal.out, line);
  if (command.count) writeLine(terminal.error, t('Requests sent: {count}', { count: reading.requests }));
  return reading.problems.length === 0 ? exit.expected : exit.different;
}

type Translate = Context['wording']['t'];

/** A node that could not be asked may have had it. */
function missing(group: string, { problems }: LagReading, t: Translate): string {
  return problems.length > 0
    ? t('No group called “{group}” was found on the nodes that answered.', { group })
    : t('No consumer group is called “{group}”.', { group });
}

function jsonLines({ groups }: LagReading, { wording }: Context): readonly string[] {
  return groups.flatMap((group) => group.rows.map((row) => JSON.stringify(entry(group, row, wording.t))));
}

/** Offsets as numbers, null where there is none; `note` says what a number alone does not. */
function entry(
  { groupId }: GroupState,
  { topic, partition, committed, bounds, lag }: GroupRow,
  t: Translate,
) {
  const known = 'unreadable' in bounds ? undefined : bounds;
  const numberOf = (offset: bigint | undefined) => (offset === undefined ? null : Number(offset));
  return {
    group: groupId,
    topic,
    partition,
    committed: numberOf(offsetOf(committed)),
    end: numberOf(known?.end),
    lso: numberOf(known?.lastStable),
    start: numberOf(known?.start),
    lag: lag.kind === 'known' ? Number(lag.lag) : null,
    note: lagNote(lag, t),
  };
}

function offsetOf(committed: Committed): bigint | undefined {
  return committed.kind === 'offset' ? committed.offset : undefined;
}

function tables({ groups }: LagReading, { terminal, wording }: Context): readonly string[] {
  const { t } = wording;
  if (groups.length === 0) return [t('There are no consumer groups.')];
  return groups.flatMap((group, index) => [
    ...(index === 0 ? [] : ['']),
    groupHeading(group, { t, style: terminal.style }),
    ...lagTable(
      group.rows.map(({ topic, partition, committed, bounds, lag }) => {
        const known = 'unreadable' in bounds ? undefined : bounds;
        const offsets = [offsetOf(committed), known?.end, known?.lastStable, known?.start];
        const cells = offsets.map((offset) => (offset === undefined ? '–' : String(offset)));
        return { cells: [topic, String(partition), ...cells, lagCell(lag)], note: lagNote(lag, t) };
      }),
      { t, style: terminal.style },
    ),
  ]);
}
