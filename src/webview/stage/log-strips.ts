import type { Anomaly } from '../../core/history/verdict.js';
import { missingIn, partitionPicture } from '../../core/text/steps/partition-picture.js';
import type { PartitionLog } from '../../core/timeline/log-entry.js';
import type { Isolation, PartitionState } from '../../core/timeline/partition-state.js';
import type { Strip } from '../../core/timeline/strip.js';
import { h } from '../dom.js';
import type { Child } from '../dom.js';
import { segments } from '../segments.js';
import type { Ui } from '../ui.js';
import type { StageModel } from './model.js';
import { picture } from './picture.js';

export interface StripsRequest {
  readonly model: StageModel;
  readonly isolation: Isolation;
  readonly anomalies: readonly Anomaly[];
}

/** The partitions at this moment, as readers of the chosen isolation level are given them. */
export function logStrips(request: StripsRequest, ui: Ui): HTMLElement | undefined {
  const logs = request.model.timeline.logs.filter((log) => isWorthShowing(log, request.model));
  if (logs.length === 0) return undefined;
  return h(
    'div',
    { class: 'logs' },
    h(
      'div',
      { class: 'row' },
      h('h3', {}, ui.t('The log, as read by')),
      isolationChoice(request.isolation, ui),
    ),
    logs.map((log, index) => strip(log, index, request, ui)),
  );
}

/** Of many partitions those in which something ever stands. */
function isWorthShowing({ entries }: PartitionLog, { timeline }: StageModel): boolean {
  return entries.length > 0 || timeline.logs.length === 1;
}

function isolationChoice(isolation: Isolation, { t, dispatch }: Ui): HTMLElement {
  return segments<Isolation>({
    label: t('The log, as read by'),
    focus: 'isolation',
    value: isolation,
    choices: [
      { value: 'read_committed', label: 'read_committed' },
      { value: 'read_uncommitted', label: 'read_uncommitted' },
    ],
    onChoice: (chosen) => dispatch({ type: 'isolation', isolation: chosen }),
  });
}

function strip(
  log: PartitionLog,
  index: number,
  { model, isolation, anomalies }: StripsRequest,
  ui: Ui,
): HTMLElement {
  const { t } = ui;
  const { timeline, moment, process, isEnd, before } = model;
  const title = stripTitle(log, timeline.logs, ui);
  const drawn = partitionPicture(
    {
      ...{ timeline, log, moment, isolation, process, title, id: `log-${String(index)}` },
      missing: isEnd ? missingIn(log, timeline.logs, anomalies) : [],
      newSince: before + 1,
    },
    t,
  );
  return h(
    'figure',
    { 'data-topic': log.topic, 'data-partition': log.partition },
    h(
      'figcaption',
      { class: 'row dim' },
      h('span', {}, title),
      seen(drawn.state, ui),
      hiddenBefore(drawn.strip.before, ui),
      numbers(drawn.strip, ui),
      drawn.strip.missing.length > 0 && h('span', {}, t('dashed: missing')),
    ),
    picture('strip', drawn.svg),
  );
}

function stripTitle(
  { role, topic, partition }: PartitionLog,
  logs: readonly PartitionLog[],
  { t }: Ui,
): string {
  const name = role === 'input' ? t('Input') : t('Output');
  return logs.filter((other) => other.topic === topic).length === 1
    ? name
    : t('{name}, partition {partition}', { name, partition });
}

function seen({ cells }: PartitionState, { t }: Ui): HTMLElement {
  const visible = cells.filter(({ isVisible }) => isVisible).length;
  const markers = cells.filter(({ state }) => state === 'marker').length;
  const hidden = cells.length - visible - markers;
  const words = t('visible {visible}, hidden {hidden}', { visible, hidden });
  return h('span', {}, markers === 0 ? words : `${words}, ${t('markers {markers}', { markers })}`);
}

/** What the small numbers in the cells are. */
function numbers({ cells }: Strip, { t }: Ui): Child {
  const isNumbered = cells.some(({ producer }) => producer !== undefined);
  return isNumbered && h('span', {}, t('in the cells: producer id/epoch·sequence'));
}

function hiddenBefore(before: number, { t }: Ui): Child {
  return before > 0 && h('span', {}, t('{before} places before these', { before }));
}
