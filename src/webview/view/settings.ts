import type { Actor, Scenario } from '../../core/scenario/scenario.js';
import type { ConsumerSettings, ProducerSettings } from '../../core/semantics/semantics.js';
import type { Translate } from '../../core/text/translate.js';
import { h } from '../dom.js';

/** The settings that matter, under the names of Kafka's own clients, and the order of the steps, which is the semantics. */
export function settingChips({ cast }: Scenario, t: Translate): readonly HTMLElement[] {
  const actors = Object.values(cast);
  const settings = new Map(actors.flatMap(settingsOf));
  const steps = new Set(actors.map(stepsOf));
  return [
    ...[...settings].map(([name, value]) => chip(name, value)),
    ...[...steps].map((order) =>
      h('li', { class: 'chip' }, `${t('steps')}: `, h('b', { class: 'mono' }, order)),
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

/** What is done for each message; before and after it stands what is done once. */
function stepsOf({ consumer, program }: Actor): string {
  const once = (steps: readonly string[]) => steps.join(' · ');
  const each = [...(consumer === undefined ? [] : ['poll']), ...program.each].join(' · ');
  const parts = [once(program.before), `[ ${each} ]`, once(program.after)];
  return program.before.length + program.after.length === 0
    ? each
    : parts.filter((part) => part !== '').join(' · ');
}
