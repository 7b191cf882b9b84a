import type { ActorContext, MessageInHand } from '../actor-context.js';
import { messageOf } from './expect.js';

/** The pipeline's work: a pure function of the record, so that doing it again gives the same output (m4 → M4). */
export async function transform(context: ActorContext, inHand?: MessageInHand): Promise<void> {
  const message = messageOf(context, inHand);
  message.output = message.value.toUpperCase();
}
