import type { Anomaly } from '../../core/history/verdict.js';
import { lostInLog, witnessValues } from '../../core/history/witness-values.js';
import { effectWords, knownWords, offsetWords, truthWords } from '../../core/text/steps/knowledge-words.js';
import { processName } from '../../core/text/steps/process-name.js';
import { rangesOf } from '../../core/text/steps/ranges.js';
import { shortName } from '../../core/text/steps/strip-words.js';
import { knowledgeAt, type Knowledge } from '../../core/timeline/knowledge.js';
import type { Known } from '../../core/timeline/known.js';
import { partitionAt } from '../../core/timeline/partition-state.js';
import { writtenOutputs } from '../../core/timeline/truth.js';
import { h } from '../dom.js';
import type { Child } from '../dom.js';
import type { Ui } from '../ui.js';
import type { StageModel } from './model.js';

/** The heart of the matter: what the client can know, beside what is true at the same moment. */
export function knowledgePanel(
  model: StageModel,
  anomalies: readonly Anomaly[],
  ui: Ui,
): HTMLElement | undefined {
  const { timeline, moment, process } = model;
  if (process === undefined) return undefined;
  const { t } = ui;
  const knowledge = knowledgeAt(timeline, moment, process);
  const who = processName(process, t);
  return h(
    'div',
    { class: 'knowledge' },
    column(t('What {who} knows', { who }), knowledge.isAlive ? known(knowledge, ui) : [forgotten(ui)]),
    column(t('What is true'), [
      ...truth(knowledge, ui),
      ...missing(model, anomalies, ui),
      ...ends(model, ui),
    ]),
  );
}

function column(title: string, lines: readonly HTMLElement[]): HTMLElement {
  return h('div', {}, h('h3', {}, title), h('ul', { class: 'plain' }, lines));
}

function line(sign: string, tone: string, ...content: readonly Child[]): HTMLElement {
  return h(
    'li',
    {},
    h('span', { class: `sign ${tone}`, 'aria-hidden': 'true' }, sign),
    h('span', {}, content),
  );
}

function forgotten({ t }: Ui): HTMLElement {
  return line('✗', 'bad', t('Nothing any more: the process is dead.'));
}

function known({ knows, offsets }: Knowledge, { t }: Ui): readonly HTMLElement[] {
  const messages = knows.map(({ state, values }) => {
    const { sign, tone } = signs[state];
    return line(sign, tone, h('b', {}, rangesOf(values)), ` ${knownWords(state, t)}`);
  });
  const committed = offsets.map((belief) => line('▸', 'dim', offsetWords(belief, t)));
  return messages.length + committed.length === 0
    ? [line('·', 'dim', t('nothing yet'))]
    : [...messages, ...committed];
}

const good = { sign: '✓', tone: 'ok' };
const open = { sign: '?', tone: 'warn' };
const quiet = { sign: '·', tone: 'dim' };

const signs: Readonly<Record<Known['state'], { readonly sign: string; readonly tone: string }>> = {
  waiting: open,
  unknown: open,
  written: good,
  'handed-over': open,
  failed: { sign: '✗', tone: 'bad' },
  'in-transaction': { sign: '…', tone: 'dim' },
  committed: good,
  aborted: { sign: '✗', tone: 'dim' },
  read: quiet,
  processed: good,
  recognised: good,
  'not-yet': quiet,
};

function truth({ truth: places, untold, committed, effects }: Knowledge, { t }: Ui): readonly HTMLElement[] {
  const inLog = places.map((place) => {
    const isDoubled = place.values.length === 1 && place.offsets.length > 1 && place.state !== 'aborted';
    const tone = isDoubled ? 'bad' : place.state === 'aborted' || place.isHidden ? 'dim' : 'ok';
    const sign = isDoubled
      ? '✗'
      : place.state === 'open' || place.isHidden
        ? '…'
        : place.state === 'aborted'
          ? '✗'
          : '✓';
    return line(sign, tone, h('b', {}, rangesOf(place.values)), ` ${truthWords(place, t)}`);
  });
  const done = effects.map(({ values, times }) =>
    line(
      times > 1 ? '✗' : '✓',
      times > 1 ? 'bad' : 'ok',
      h('b', {}, rangesOf(values)),
      ` ${effectWords(times, t)}`,
    ),
  );
  const offsets = committed.map(({ group, offset }) =>
    line('▸', 'dim', t('{group}: committed {offset}', { group: shortName(group), offset })),
  );
  const more = untold > 0 ? [line('·', 'dim', t('… {count} more records', { count: untold }))] : [];
  return [...inLog, ...more, ...done, ...offsets];
}

/** What is lost shows only when all is over: until then it might still come. */
function missing({ isEnd }: StageModel, anomalies: readonly Anomaly[], { t }: Ui): readonly HTMLElement[] {
  if (!isEnd) return [];
  const told = (names: ReadonlySet<Anomaly['name']>, words: string) => {
    const values = witnessValues(anomalies, names);
    return values.length === 0 ? [] : [line('✗', 'bad', h('b', {}, rangesOf(values)), ` ${words}`)];
  };
  return [
    ...told(lostInLog, t('not in the log')),
    ...told(new Set(['skipped']), t('never processed')),
    ...told(new Set(['lost-output']), t('without an output')),
  ];
}

function ends({ timeline, moment }: StageModel, { t }: Ui): readonly HTMLElement[] {
  return writtenOutputs(timeline).map((log, _, all) => {
    const state = partitionAt(log, { moment, isolation: 'read_committed', limit: 0 });
    const { endOffset, lastStableOffset } = state;
    const words = t('end offset {endOffset}, LSO {lastStableOffset}', { endOffset, lastStableOffset });
    const where = all.length > 1 ? ` (${t('partition {partition}', { partition: log.partition })})` : '';
    return line('▸', 'dim', `${words}${where}`);
  });
}
