import { assertNever } from '../../core/assert-never.js';
import { isVisible } from '../../core/log/log.js';
import { stateMeaning, stateName } from '../../core/text/log-sentence.js';
import type { LogPage, ShownBatch, ShownBytes, ShownLog, ShownRecord } from '../../shared/log-page.js';
import { h } from '../dom.js';
import { shownText } from './bytes.js';
import { logRows, type LogRow } from './log-rows.js';
import type { LogUi } from './log-ui.js';

const columns = 8;

/** Every batch with its records, and beside each who is given it. */
export function logTable(
  log: ShownLog,
  { groups, shownGroups }: LogPage,
  ui: LogUi,
): HTMLElement | undefined {
  const { t } = ui;
  if (log.batches.length === 0) return undefined;
  const pointers = groups.filter(({ group }) => shownGroups.includes(group));
  const heads = [
    t('offset'),
    t('time'),
    t('key'),
    t('value'),
    t('headers'),
    'read_uncommitted',
    'read_committed',
    t('state'),
  ];
  return h(
    'div',
    { class: 'scroll log-scroll', tabindex: '0', role: 'region', 'aria-label': t('Records of the log') },
    h(
      'table',
      { class: 'log' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map((head) => h('th', { scope: 'col' }, head)),
        ),
      ),
      h(
        'tbody',
        {},
        logRows(log, pointers).map((row) => tableRow(row, ui)),
      ),
    ),
  );
}

function tableRow(row: LogRow, ui: LogUi): HTMLElement {
  const { t } = ui;
  switch (row.kind) {
    case 'batch':
      return wide('batch', batchText(row.batch, ui), row.batch.problem && `⚠ ${row.batch.problem}`);
    case 'record':
      return recordRow(row.batch, row.record, ui);
    case 'marker':
      return markerRow(row.batch, ui);
    case 'gap':
      return wide('gap', gapText(row.first, row.last, ui));
    case 'more':
      return wide('gap', t('and {more} more', { more: row.count }));
    case 'pointer':
      return wide('pointer', `▶ ${t('{group} reads on from {offset}', { ...row.pointer })}`);
    case 'last-stable':
      return wide(
        'pointer',
        `▲ ${t('LSO {offset}: read_committed is given nothing from here on', { offset: row.offset })}`,
      );
    default:
      return assertNever(row);
  }
}

function wide(kind: string, text: string, problem?: string): HTMLElement {
  return h(
    'tr',
    { class: kind },
    h(
      'td',
      { colspan: columns },
      text,
      problem !== undefined && h('span', { class: 'problem' }, ` ${problem}`),
    ),
  );
}

function gapText(first: bigint, last: bigint, { t }: LogUi): string {
  if (first === last) return t('offset {offset} is not there', { offset: String(first) });
  return t('offsets {first} to {last} are not there', { first: String(first), last: String(last) });
}

/** `batch 5–6 · producer 1001, epoch 0, sequence 0 · transactional · gzip · 167 B · leader epoch 0` */
function batchText(batch: ShownBatch, { t, language }: LogUi): string {
  const { first, last, compression, isTransactional, sizeBytes, leaderEpoch } = batch;
  const bytes = new Intl.NumberFormat(language).format(sizeBytes);
  return [
    first === last ? t('batch {first}', { first }) : t('batch {first}–{last}', { first, last }),
    producerText(batch, t),
    ...(isTransactional ? [t('transactional')] : []),
    ...(compression === 'none' ? [] : [compression]),
    t('{bytes} bytes', { bytes }),
    t('leader epoch {leaderEpoch}', { leaderEpoch }),
  ].join(' · ');
}

function producerText({ producerId, producerEpoch, baseSequence }: ShownBatch, t: LogUi['t']): string {
  if (producerId === undefined) return t('not idempotent');
  const producer = { producerId, producerEpoch, baseSequence };
  if (baseSequence < 0) return t('producer {producerId}, epoch {producerEpoch}', producer);
  return t('producer {producerId}, epoch {producerEpoch}, sequence {baseSequence}', producer);
}

function recordRow(batch: ShownBatch, record: ShownRecord, ui: LogUi): HTMLElement {
  const { offset, timeMs, key, value, headers } = record;
  return h(
    'tr',
    { class: `record ${batch.state}` },
    h('th', { scope: 'row', class: 'n' }, offset),
    h('td', { class: 'dim' }, timeText(timeMs)),
    h('td', {}, bytesCell(key, ui)),
    h('td', {}, bytesCell(value, ui)),
    h(
      'td',
      {},
      headers.map(({ name, value: of }) => h('div', {}, `${name}: `, bytesCell(of, ui))),
    ),
    sees(batch, 'read_uncommitted', ui),
    sees(batch, 'read_committed', ui),
    stateCell(batch, ui),
  );
}

function markerRow(batch: ShownBatch, ui: LogUi): HTMLElement {
  const { t } = ui;
  const what =
    batch.marker === 'commit'
      ? `✓ ${t('commit marker')}`
      : batch.marker === 'abort'
        ? `⊘ ${t('abort marker')}`
        : `▪ ${t('marker')}`;
  return h(
    'tr',
    { class: 'marker' },
    h('th', { scope: 'row', class: 'n' }, batch.first),
    h('td', { colspan: 4 }, `${what} · ${producerText(batch, t)}`),
    sees(batch, 'read_uncommitted', ui),
    sees(batch, 'read_committed', ui),
    stateCell(batch, ui),
  );
}

function sees(
  { state }: ShownBatch,
  isolation: 'read_committed' | 'read_uncommitted',
  { t }: LogUi,
): HTMLElement {
  const isGiven = isVisible(state, isolation);
  const label = isGiven ? t('given') : t('not given');
  return h(
    'td',
    { class: 'sees' },
    h('span', { role: 'img', 'aria-label': label, title: label }, isGiven ? '✓' : '–'),
  );
}

function stateCell({ state }: ShownBatch, { t }: LogUi): HTMLElement {
  return h('td', { class: 'state', title: stateMeaning(state, t) }, stateName(state, t));
}

/** As kept in the log: to the millisecond, in UTC, so that two screens show the same. */
function timeText(timeMs: number): string {
  return Number.isFinite(timeMs) && Math.abs(timeMs) <= 8.64e15
    ? new Date(timeMs).toISOString()
    : String(timeMs);
}

function bytesCell(bytes: ShownBytes | null, { t, format }: LogUi): HTMLElement {
  if (bytes === null) return h('span', { class: 'dim' }, 'null');
  const { text, isHex } = shownText(bytes, format);
  const cut =
    bytes.cut > 0 && h('span', { class: 'dim' }, ` ${t('… {count} bytes more', { count: bytes.cut })}`);
  if (text === '') return h('span', { class: 'dim' }, t('empty'));
  return h('span', { class: isHex ? 'hex' : 'text' }, text, cut);
}
