import type { History } from '../../core/history/events.js';
import type { Anomaly } from '../../core/history/verdict.js';
import { tellingEvent } from '../../core/history/telling-event.js';
import { anomalyName } from '../../core/text/anomaly-name.js';
import { anomalySentence } from '../../core/text/anomaly-sentence.js';
import { witnessText } from '../../core/text/witness.js';
import type { LabPhase } from '../../shared/lab-report.js';
import { h } from '../dom.js';
import type { Child } from '../dom.js';
import type { Ui } from '../ui.js';

/** More witnesses than this say nothing new. */
const shownWitnesses = 12;

/** What was found, each with the messages that show it; a witness leads to the step that it stems from. */
export function anomalyList({ history, verdict }: LabPhase, ui: Ui): HTMLElement {
  const found = verdict.anomalies.filter(({ count }) => count > 0);
  if (found.length === 0) return h('p', { class: 'ok' }, `✓ ${ui.t('No anomaly in this history.')}`);
  return h(
    'ul',
    { class: 'plain anomalies' },
    found.map((anomaly) => anomalyItem(anomaly, history, ui)),
  );
}

function anomalyItem(anomaly: Anomaly, history: History, ui: Ui): HTMLElement {
  const { name, count, witnesses, informational } = anomaly;
  const { t } = ui;
  const more = witnesses.length - shownWitnesses;
  return h(
    'li',
    { class: informational ? 'informational' : 'violation' },
    h(
      'span',
      { class: 'badge' },
      `${informational ? '•' : '✗'} ${t('{name}: {count}', { name: anomalyName(name, t), count })}`,
    ),
    h(
      'div',
      {},
      h('span', {}, anomalySentence(anomaly, t)),
      informational && h('span', { class: 'dim' }, ` ${t('Kafka allows this; no guarantee is broken.')}`),
      h(
        'span',
        { class: 'witnesses' },
        witnesses
          .slice(0, shownWitnesses)
          .map((witness, index) =>
            witnessLink(
              witnessText(name, witness, t),
              tellingEvent(name, witness.events, history),
              `${name}/${String(index)}`,
              ui,
            ),
          ),
        more > 0 && h('span', { class: 'dim' }, t('and {more} more', { more })),
      ),
    ),
  );
}

function witnessLink(text: string, seq: number | undefined, focus: string, { t, dispatch }: Ui): Child {
  if (seq === undefined) return text === '' ? undefined : h('span', {}, text);
  const label = text === '' ? t('event {seq}', { seq }) : text;
  return h(
    'button',
    {
      class: 'link',
      type: 'button',
      'data-focus': focus,
      title: t('Show the step of event {seq}', { seq }),
      onclick: () => dispatch({ type: 'show-step', phase: 'fault', seq }),
    },
    label,
  );
}
