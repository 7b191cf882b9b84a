import { diagramWords } from '../../core/text/steps/diagram-words.js';
import { alignRuns, type AlignedRow, type Run } from '../../core/timeline/align.js';
import { focusOf } from '../../core/timeline/focus.js';
import { rowsOf } from '../../core/timeline/folds.js';
import { readTimeline } from '../../core/timeline/timeline.js';
import type { LabPhase } from '../../shared/lab-report.js';
import type { Compared, Page } from '../../shared/page.js';
import { dropdown } from '../components.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** Not empty: the toolkit takes the option of an empty value for the chosen one. */
const nothing = 'nothing';

/** Another run beside this one, line by line: what both did stands in one line, and what differs is marked. */
export function compareSection(phase: LabPhase, { comparable = [], compared }: Page, ui: Ui): HTMLElement {
  const { t, post } = ui;
  return h(
    'section',
    { class: 'compare', 'aria-labelledby': 'compare-heading' },
    h(
      'div',
      { class: 'row' },
      h('h2', { id: 'compare-heading' }, t('Step beside step')),
      dropdown<string>({
        label: t('Compare with'),
        focus: 'compare',
        value: compared?.key ?? nothing,
        choices: [
          { value: nothing, label: t('nothing') },
          ...comparable.map(({ key, label }) => ({ value: key, label })),
        ],
        onChoice: (key) => post(key === nothing ? { type: 'compare' } : { type: 'compare', key }),
      }),
    ),
    compared && aligned(phase, compared, ui),
  );
}

function aligned(phase: LabPhase, compared: Compared, ui: Ui): HTMLElement {
  const { t } = ui;
  const focus = new Set(
    [phase, compared.phase].flatMap(({ history, verdict }) => [...focusOf(history, verdict)]),
  );
  const { rows, isCut } = alignRuns(runOf(phase, focus, ui), runOf(compared.phase, focus, ui));
  const differing = rows.filter(({ kind }) => kind !== 'same').length;
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'dim' },
      t('{same} lines are the same, {differing} differ.', { same: rows.length - differing, differing }),
      isCut && ` ${t('Only the beginning of each is compared.')}`,
    ),
    h(
      'div',
      { class: 'scroll' },
      h(
        'table',
        { class: 'aligned' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, t('this run')),
            h('th', { scope: 'col' }, t('difference')),
            h('th', { scope: 'col' }, compared.label),
          ),
        ),
        h(
          'tbody',
          {},
          rows.map((row) => alignedRow(row, ui)),
        ),
      ),
    ),
  );
}

function runOf({ history, verdict }: LabPhase, focus: ReadonlySet<string>, { t }: Ui): Run {
  const timeline = readTimeline(history, verdict, focus);
  const rows = rowsOf(timeline.steps.length, timeline.folds, new Set());
  return { timeline, rows, words: diagramWords(timeline, t) };
}

function alignedRow({ kind, left, right }: AlignedRow, ui: Ui): HTMLElement {
  return h(
    'tr',
    { class: kind },
    h('td', {}, left ?? ''),
    h('td', {}, differenceWords(kind, ui)),
    h('td', {}, right ?? ''),
  );
}

function differenceWords(kind: AlignedRow['kind'], { t }: Ui): string {
  switch (kind) {
    case 'same':
      return '=';
    case 'changed':
      return `≠ ${t('otherwise')}`;
    case 'only-left':
      return `◂ ${t('only here')}`;
    case 'only-right':
      return `▸ ${t('only there')}`;
  }
}
