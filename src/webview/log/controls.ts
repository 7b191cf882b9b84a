import type { AskedPosition, LogPage } from '../../shared/log-page.js';
import { button, checkbox, dropdown } from '../components.js';
import { h } from '../dom.js';
import type { Format, LogUi } from './log-ui.js';

/** One step back goes over this many offsets. */
const stepBack = 100n;
/** More groups than this are no row of boxes any more; the view Clusters has them all. */
const mostGroups = 12;

export function controls(page: LogPage, ui: LogUi): HTMLElement {
  return h(
    'div',
    { class: 'log-controls' },
    h('div', { class: 'row tools' }, position(page, ui), steps(page, ui), format(ui)),
    page.groups.length > 0 && groupBoxes(page, ui),
  );
}

function position({ from }: LogPage, ui: LogUi): HTMLElement {
  const { t } = ui;
  const asked = ui.asked ?? from;
  const choice = dropdown<AskedPosition['kind']>({
    label: t('From'),
    focus: 'from',
    value: asked.kind,
    choices: [
      { value: 'tail', label: t('the last 100') },
      { value: 'offset', label: t('an offset') },
      { value: 'time', label: t('a date and time') },
    ],
    onChoice: (kind) => (kind === 'tail' ? ui.read({ kind }) : ui.setAsked({ kind, text: '' })),
  });
  if (asked.kind === 'tail')
    return h(
      'span',
      { class: 'row' },
      choice,
      button({ label: t('Read Again'), focus: 'read', onPress: () => ui.read(asked) }),
    );
  const { kind } = asked;
  const field = h('input', {
    type: 'text',
    id: 'position',
    value: asked.text,
    placeholder: kind === 'offset' ? '0' : '2026-11-27 14:30',
    'aria-label': kind === 'offset' ? t('Offset') : t('Date and time'),
    'data-focus': 'position',
    autocomplete: 'off',
    onkeydown: (event) => {
      if (event instanceof KeyboardEvent && event.key === 'Enter') ui.read({ kind, text: field.value });
    },
  });
  const press = (): void => ui.read({ kind, text: field.value });
  return h(
    'span',
    { class: 'row' },
    choice,
    field,
    button({ label: t('Read'), focus: 'read', onPress: press, primary: true }),
  );
}

function steps({ log }: LogPage, ui: LogUi): HTMLElement {
  const { t } = ui;
  const first = log?.batches[0]?.first ?? log?.end;
  const to = (offset: bigint): void => ui.read({ kind: 'offset', text: String(offset) });
  const back = first === undefined ? 0n : BigInt(first) - stepBack;
  return h(
    'span',
    { class: 'row' },
    button({
      label: t('Earlier'),
      focus: 'earlier',
      disabled: log === undefined || first === undefined || BigInt(first) <= BigInt(log.start),
      onPress: () => to(back < 0n ? 0n : back),
    }),
    button({
      label: t('Later'),
      focus: 'later',
      disabled: log === undefined || BigInt(log.next) >= BigInt(log.end),
      onPress: () => to(BigInt(log?.next ?? 0)),
    }),
  );
}

function format({ t, format: value, setFormat }: LogUi): HTMLElement {
  return dropdown<Format>({
    label: t('Values'),
    focus: 'format',
    value,
    choices: [
      { value: 'text', label: t('as text') },
      { value: 'json', label: 'JSON' },
      { value: 'hex', label: 'hex' },
    ],
    onChoice: setFormat,
  });
}

function groupBoxes({ groups, shownGroups }: LogPage, { t, showGroups }: LogUi): HTMLElement {
  const more = groups.length - mostGroups;
  return h(
    'div',
    { class: 'row tools', role: 'group', 'aria-label': t('Groups whose committed offset is shown') },
    h('span', { class: 'dim' }, t('Committed offsets of')),
    groups.slice(0, mostGroups).map(({ group }) =>
      checkbox({
        label: group,
        focus: `group/${group}`,
        checked: shownGroups.includes(group),
        onChange: (isOn) =>
          showGroups(isOn ? [...shownGroups, group] : shownGroups.filter((one) => one !== group)),
      }),
    ),
    more > 0 && h('span', { class: 'dim' }, t('and {more} more', { more })),
  );
}
