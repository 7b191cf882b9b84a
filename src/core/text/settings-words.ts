import type { Actor, Scenario } from '../scenario/scenario.js';
import type { ConsumerSettings, ProducerSettings } from '../semantics/semantics.js';

/** A setting under the name of Kafka's own clients, and its value. */
export type Setting = readonly [name: string, value: string];

/** Settings of the actor that is struck. */
export function struckSettings({ cast, fault }: Scenario): readonly Setting[] {
  const struck = cast[fault.actor];
  return struck === undefined ? [] : settingsOf(struck);
}

/** The order of the steps, which is the semantics; one entry for each actor. */
export function programsOf({ cast }: Scenario): readonly { readonly name: string; readonly steps: string }[] {
  return Object.entries(cast).map(([name, actor]) => ({ name, steps: stepsOf(actor) }));
}

function settingsOf({ producer, consumer }: Actor): readonly Setting[] {
  return [
    ...(producer === undefined ? [] : producerSettings(producer)),
    ...(consumer === undefined ? [] : consumerSettings(consumer)),
  ];
}

function producerSettings(settings: ProducerSettings): readonly Setting[] {
  const { acks, retries, idempotence, transactionalId } = settings;
  const identity: Setting =
    transactionalId === undefined
      ? ['enable.idempotence', String(idempotence)]
      : ['transactional.id', transactionalId];
  return [['acks', String(acks)], ['retries', String(retries)], identity];
}

function consumerSettings({ isolationLevel, autoOffsetReset }: ConsumerSettings): readonly Setting[] {
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
