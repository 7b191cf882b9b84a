import type { RecordPosition } from '../../core/history/events.js';
import type { ActorContext, MessageInHand, OpenTransaction } from '../actor-context.js';
import type { AssignedTopic } from '../actor-protocol.js';
import type { Consumer, Producer } from '../kafkajs.js';

// A scenario whose steps do not fit its actor is a mistake in the catalogue: these throw and name it.

export function producerOf({ producer, assignment }: ActorContext): Producer {
  return present(producer, assignment.process, 'a producer');
}

export function consumerOf({ consumer, assignment }: ActorContext): Consumer {
  return present(consumer, assignment.process, 'a consumer');
}

export function groupOf({ assignment }: ActorContext): string {
  return present(assignment.groupId, assignment.process, 'a group');
}

export function transactionOf({ transaction, assignment }: ActorContext): OpenTransaction {
  return present(transaction, assignment.process, 'an open transaction');
}

export function writtenTopicOf({ assignment }: ActorContext): AssignedTopic {
  const { actor, topics, process } = assignment;
  return present(actor.writes && topics[actor.writes], process, 'a topic to write');
}

export function readTopicOf({ assignment }: ActorContext): AssignedTopic {
  const { actor, topics, process } = assignment;
  return present(actor.reads && topics[actor.reads], process, 'a topic to read');
}

export function messageOf({ assignment }: ActorContext, message: MessageInHand | undefined): MessageInHand {
  return present(message, assignment.process, 'a message in hand');
}

export function inputOf(context: ActorContext, message: MessageInHand | undefined): RecordPosition {
  return present(messageOf(context, message).input, context.assignment.process, 'a record that it read');
}

function present<T>(value: T | undefined, process: string, what: string): T {
  if (value === undefined) throw new TypeError(`${process} has a step that needs ${what}`);
  return value;
}
