import type { Doubt, Verdict } from '../core/history/verdict.js';
import type { Scenario } from '../core/scenario/scenario.js';
import { countsSentence } from '../core/text/counts-sentence.js';
import { differenceSentence, type DifferenceText } from '../core/text/difference-sentence.js';
import { doubtSentence } from '../core/text/doubt-sentence.js';
import { verdictSentence } from '../core/text/verdict-sentence.js';
import { sideBySide, wrapped, type Cell } from './cells.js';
import type { Wording } from './language.js';
import type { Paint, Style } from './terminal.js';

/** What a row needs of a run; the runner's report is one. */
export interface Result {
  readonly scenario: Scenario;
  readonly fault: { readonly verdict: Verdict };
  readonly conclusive: boolean;
  readonly asExpected: boolean;
  readonly inconclusiveBecause: readonly Doubt[];
  readonly differences: readonly DifferenceText[];
}

export interface TableSettings {
  readonly columns: number;
  readonly style: Style;
  readonly wording: Wording;
  /** All that will be shown, so that the columns are settled before the first run has ended. */
  readonly scenarios: readonly Scenario[];
}

/** The terminal's table, one call a finished scenario: a heading when the semantics changes, then the scenario's lines. */
export class Table {
  private readonly layout: Layout;
  private semantics: string | undefined;

  constructor(private readonly settings: TableSettings) {
    this.layout = layoutFor(settings);
  }

  rows(result: Result): readonly string[] {
    const { semantics } = result.scenario;
    const heading = semantics === this.semantics ? [] : ['', headingOf(semantics, this.settings)];
    this.semantics = semantics;
    return [...heading, ...scenarioLines(result, this.layout, this.settings)];
  }
}

export function headingOf(
  semantics: string,
  { wording, style }: Pick<TableSettings, 'wording' | 'style'>,
): string {
  const title = wording.lessons.semantics[semantics]?.title ?? semantics;
  return `${style.heading(title)}  ${style.dim(semantics)}`;
}

/** The id without what the heading says already. */
export function shortId({ id, semantics }: Scenario): string {
  return id.startsWith(`${semantics}.`) ? id.slice(semantics.length + 1) : id;
}

type Layout =
  /** id | what struck | counts | verdict */
  | {
      readonly kind: 'wide';
      readonly id: number;
      readonly strikes: number;
      readonly counts: number;
      readonly verdict: number;
    }
  /** id | what struck, and below it counts and verdict */
  | { readonly kind: 'two-lines'; readonly id: number; readonly text: number }
  /** id and what struck; counts and verdict; everything wrapped at the width of the terminal */
  | { readonly kind: 'narrow'; readonly text: number };

const mark = 2 + 2;
const gaps = 2;
const narrowBelow = 100;
const countsWidth = 28;
const verdictWidth = 48;

function layoutFor({ columns, scenarios, wording }: TableSettings): Layout {
  const id = widest(scenarios.map(shortId));
  const strikes = widest(scenarios.map((scenario) => strikesOf(scenario, wording)));
  const verdict = columns - mark - id - strikes - countsWidth - 3 * gaps;
  if (verdict >= verdictWidth) return { kind: 'wide', id, strikes, counts: countsWidth, verdict };
  if (columns >= narrowBelow) return { kind: 'two-lines', id, text: columns - mark - id - gaps };
  return { kind: 'narrow', text: Math.max(20, columns - mark) };
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

function strikesOf({ id }: Scenario, { lessons }: Wording): string {
  return lessons.scenarios[id]?.strikes ?? id;
}

function scenarioLines(result: Result, layout: Layout, settings: TableSettings): readonly string[] {
  const [first = '', ...others] = [...body(result, layout, settings)];
  const indent = ' '.repeat(mark);
  return [`  ${markOf(result, settings.style)} ${first}`, ...others.map((line) => indent + line)];
}

function body(result: Result, layout: Layout, settings: TableSettings): readonly string[] {
  const { id, strikes, counts, verdict, notes } = cellsOf(result, settings);
  const separator: Cell = [{ text: ' · ', paint: settings.style.dim }];
  switch (layout.kind) {
    case 'wide':
      return [
        ...sideBySide([
          { cell: id, width: layout.id },
          { cell: strikes, width: layout.strikes },
          { cell: counts, width: layout.counts },
          { cell: verdict, width: layout.verdict },
        ]),
        ...notes.flatMap((note) =>
          sideBySide([
            { cell: [], width: layout.id },
            { cell: note, width: layout.strikes + layout.counts + layout.verdict },
          ]),
        ),
      ];
    case 'two-lines':
      return [strikes, [...counts, ...separator, ...verdict], ...notes].flatMap((cell, row) =>
        sideBySide([
          { cell: row === 0 ? id : [], width: layout.id },
          { cell, width: layout.text },
        ]),
      );
    case 'narrow':
      return [[...id, ...separator, ...strikes], [...counts, ...separator, ...verdict], ...notes].flatMap(
        (cell) => wrapped(cell, layout.text).map(({ text }) => text),
      );
  }
}

interface Cells {
  readonly id: Cell;
  readonly strikes: Cell;
  readonly counts: Cell;
  readonly verdict: Cell;
  /** What differs from the expectation, or why nothing is concluded. */
  readonly notes: readonly Cell[];
}

function cellsOf(result: Result, { wording, style }: TableSettings): Cells {
  const { scenario, fault } = result;
  const { t } = wording;
  const { verdict } = fault;
  const found = verdict.anomalies.some(({ informational }) => !informational);
  return {
    id: one(shortId(scenario), plainly),
    strikes: one(strikesOf(scenario, wording), style.dim),
    counts: one(countsSentence(verdict.counts, scenario.layer, t), plainly),
    verdict: one(verdictSentence(verdict, scenario.layer, t), found ? style.finding : plainly),
    notes: notesOf(result, wording, style),
  };
}

function notesOf(
  { differences, inconclusiveBecause }: Result,
  { t }: Wording,
  style: Style,
): readonly Cell[] {
  const doubts = inconclusiveBecause.map((doubt) =>
    t('inconclusive: {reason}', { reason: doubtSentence(doubt, t) }),
  );
  const differing = differences.map((difference) =>
    t('not as expected: {difference}', { difference: differenceSentence(difference, t) }),
  );
  return [
    ...doubts.map((text) => one(text, style.doubtful)),
    ...differing.map((text) => one(text, style.bad)),
  ];
}

const plainly: Paint = (text) => text;

function one(text: string, paint: Paint): Cell {
  return [{ text, paint }];
}

function markOf({ conclusive, asExpected }: Result, style: Style): string {
  if (!conclusive) return style.doubtful('?');
  return asExpected ? style.good('✓') : style.bad('✗');
}
