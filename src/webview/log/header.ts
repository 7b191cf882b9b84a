import type { LogPage } from '../../shared/log-page.js';
import { h } from '../dom.js';
import type { LogUi } from './log-ui.js';

export function logHeader({ place }: LogPage, { t }: LogUi): HTMLElement {
  const { topic, partition, cluster } = place;
  return h(
    'header',
    {},
    h('h1', {}, `${topic} / ${String(partition)}`),
    h('p', { class: 'dim' }, t('The log of partition {partition} on {cluster}', { partition, cluster })),
  );
}

/** Where the log begins and ends, or that it is being read, or what is wrong. */
export function status({ log, isReading, problem }: LogPage, { t }: LogUi): HTMLElement {
  if (problem !== undefined) return h('p', { class: 'problem' }, `⚠ ${problem}`);
  if (isReading && log === undefined) return h('p', { class: 'dim' }, t('Reading…'));
  if (log === undefined) return h('p');
  const { start, lastStable, end, batches } = log;
  const hidden = BigInt(end) - BigInt(lastStable);
  const parts = [
    t('start {offset}', { offset: start }),
    `LSO ${lastStable}`,
    t('end {offset}', { offset: end }),
    ...(hidden > 0n ? [t('{count} behind an open transaction', { count: String(hidden) })] : []),
    ...(batches.length === 0 ? [t('nothing here')] : []),
  ];
  return h('p', {}, parts.join(' · '));
}
