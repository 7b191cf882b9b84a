import type { Actor, Scenario } from '../../core/scenario/scenario.js';
import type { ConsumerSettings, ProducerSettings } from '../../core/semantics/semantics.js';
import type { Translate } from '../../core/text/translate.js';
import { h } from '../dom.js';

/** Settings of the actor that is struck, under the names of Kafka's own clients, and the order of the steps: the semantics. */
export function settingChips({ cast, fault }: Scenario, t: Translate): readonly HTMLElement[] {
  const struck = cast[fault.actor];
  const settings = struck === undefined ? [] : settingsOf(struck);
  const programs = Object.entries(cast).map(([name, actor]) => ({ name, steps: stepsOf(actor) }));
  const several = programs.length > 1;
  return [
    ...settings.map(([name, value]) => chip(name, value)),
    ...programs.map(({ name, steps }) =>
      h('li', { class: 'chip' }, `${several ? name : t('steps')}: `, h('b', { class: 'mono' }, steps)),
    ),
  ];
}

function chip(name: string, value: string): HTMLElement {
  return h('li', { class: 'chip mono' }, `${name}=`, h('b', {}, value));
}

type Setting = readonly [string, string];

function settingsOf({ producer, consumer }: Actor): readonly Setting[] {
  return [
    ...(producer === undefined ? [] : producerChips(producer)),
    ...(consumer === undefined ? [] : consumerChips(consumer)),
  ];
}

function producerChips({
  acks,
  retries,
  idempotence,
  transactionalId,
}: ProducerSettings): readonly Setting[] {
  const identity: Setting =
    transactionalId === undefined
      ? ['enable.idempotence', String(idempotence)]
      : ['transactional.id', transactionalId];
  return [['acks', String(acks)], ['retries', String(retries)], identity];
}

function consumerChips({ isolationLevel, autoOffsetReset }: ConsumerSettings): readonly Setting[] {
  return [
    ['isolation.level', isolationLevel],
    ['auto.offset.reset', autoOffsetReset],
    ['enable.auto.commit', 'false'],
  ];
}

/** What is done for each message stands in brackets, unless that is all; before and after it, what is done once. */
function stepsOf({ consumer, program }: Actor): string {
  const each = [...(consumer === undefined ? [] : ['poll']), ...program.each].join(' · ');
  if (program.before.length + program.after.length === 0) return each;
  const parts = [...program.before, ...(each === '' ? [] : [`[ ${each} ]`]), ...program.after];
  return parts.join(' · ');
}
