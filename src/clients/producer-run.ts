import type { ActorContext } from './actor-context.js';
import type { Interpreter } from './interpreter.js';
import { producerOf } from './steps/expect.js';
import { StepFailed } from './steps/perform.js';

/** A producer's life: `before`, `each` for every value, `after`. An aborted transaction ends it. */
export async function runProducer(context: ActorContext, interpreter: Interpreter): Promise<void> {
  const { program, values = [] } = context.assignment.actor;
  await producerOf(context).connect();
  if (!(await survives(context, () => interpreter.walk(program.before)))) return;
  for (const [index, value] of values.entries()) {
    const message = { value, index, output: value };
    if (!(await survives(context, () => interpreter.walk(program.each, message)))) return;
  }
  await survives(context, () => interpreter.walk(program.after));
}

/**
 * False: the program ends here. A send that failed outside a transaction is the application's to log, and it goes on with the next
 * value; inside a transaction, whatever failed makes the rest pointless.
 */
async function survives(context: ActorContext, walk: () => Promise<'done' | 'aborted'>): Promise<boolean> {
  try {
    return (await walk()) === 'done';
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    return context.transaction === undefined && context.assignment.transactionalId === undefined;
  }
}
