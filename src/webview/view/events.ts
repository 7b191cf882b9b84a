import { tellingEvent } from '../../core/history/telling-event.js';
import { isViolation } from '../../core/history/verdict.js';
import type { Phase } from '../../shared/lab-report.js';
import type { Phases } from '../phases.js';
import type { EventKind, PageView } from '../../shared/page.js';
import { button, checkbox, dropdown } from '../components.js';
import { eventKinds, kindName } from '../events/kind.js';
import { filterRows, strikeOf, windowOf } from '../events/rows.js';
import type { EventRow } from '../events/rows.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';
import { eventsTable } from './events-table.js';

/** Heading of the section, with the jumps to what matters. */
export function eventsHeading(report: Phases, ui: Ui): HTMLElement {
  return h(
    'div',
    { class: 'row' },
    h('h2', { id: 'events-heading' }, ui.t('Events')),
    h('span', { class: 'jumps' }, jumps(report, ui)),
  );
}

/** Filter above the table; rendered once a run, so that the caret stays in the field. */
export function eventsTools(view: PageView, ui: Ui): HTMLElement {
  const { t, dispatch } = ui;
  return h(
    'div',
    { class: 'row tools' },
    dropdown<Phase>({
      label: t('Which run'),
      focus: 'phase',
      value: view.phase,
      choices: [
        { value: 'fault', label: t('with the fault') },
        { value: 'control', label: t('control') },
      ],
      onChoice: (phase) => dispatch({ type: 'choose-phase', phase }),
    }),
    dropdown<EventKind | 'all'>({
      label: t('Kind'),
      focus: 'kind',
      value: view.kind,
      choices: [
        { value: 'all', label: t('all kinds') },
        ...eventKinds.map((kind) => ({ value: kind, label: kindName(kind, t) })),
      ],
      onChoice: (kind) => dispatch({ type: 'filter-kind', kind }),
    }),
    textFilter(view, ui),
    checkbox({
      label: t('Wire frames'),
      focus: 'wire',
      checked: view.wire,
      onChange: (wire) => dispatch({ type: 'show-wire', wire }),
    }),
  );
}

function textFilter({ text }: PageView, { t, dispatch }: Ui): HTMLElement {
  const field = h('input', {
    type: 'search',
    id: 'filter',
    value: text,
    placeholder: 'm4',
    'data-focus': 'filter',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => dispatch({ type: 'filter-text', text: field.value }),
  });
  return h('span', { class: 'field' }, h('label', { for: 'filter', class: 'dim' }, t('Filter')), field);
}

function jumps(report: Phases, { t, dispatch }: Ui): readonly (HTMLElement | undefined)[] {
  const strike = strikeOf(report.fault.history);
  const violation = report.fault.verdict.anomalies.find(isViolation);
  const events = violation?.witnesses[0]?.events ?? [];
  const witness = violation && tellingEvent(violation.name, events, report.fault.history);
  const jump = (label: string, focus: string, seq: number | undefined) =>
    seq === undefined
      ? undefined
      : button({ label, focus, onPress: () => dispatch({ type: 'select', phase: 'fault', seq }) });
  return [jump(t('⚡ Jump to the fault'), 'jump', strike), jump(t('⚠ First anomaly'), 'anomaly', witness)];
}

/** The rows that the filter leaves, with their number in words; the number is announced when the filter changes it. */
export function eventsList(all: readonly EventRow[], view: PageView, ui: Ui): readonly HTMLElement[] {
  const { t } = ui;
  const left = filterRows(all, view);
  const rows = windowOf(left, view.limit, view.selected);
  const counted =
    left.length === all.length
      ? t('{count} events', { count: all.length })
      : t('{left} of {count} events', { left: left.length, count: all.length });
  const more = button({
    label: t('Show more'),
    focus: 'more',
    onPress: () => ui.dispatch({ type: 'show-more' }),
  });
  return [
    h('p', { class: 'dim count', role: 'status' }, counted),
    eventsTable({ rows, selected: view.selected }, ui),
    ...(rows.length < left.length ? [more] : []),
  ];
}
