import type { ActorContext, MessageInHand } from '../actor-context.js';
import { groupOf, inputOf, messageOf } from './expect.js';
import { perform } from './perform.js';

/** The effect in the outside world: one entry in the effect ledger. */
export function processMessage(context: ActorContext, message?: MessageInHand): Promise<void> {
  return effect(context, message, false);
}

/** The same, deduplicated by (topic, partition, offset) where the effect itself is kept: nowhere else is it safe. */
export function processIfNew(context: ActorContext, message?: MessageInHand): Promise<void> {
  return effect(context, message, true);
}

async function effect(
  context: ActorContext,
  message: MessageInHand | undefined,
  ifNew: boolean,
): Promise<void> {
  const { value } = messageOf(context, message);
  const subject = { group: groupOf(context), value, ...inputOf(context, message) };
  await perform(context, {
    operation: { f: 'effect', ...subject },
    transmissions: () => 0,
    act: async () => ((await context.effects.perform({ ...subject, ifNew })) ? { skipped: true } : undefined),
  });
}
