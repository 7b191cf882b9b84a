import type { Scenario } from '../scenario/scenario.js';

/** What the learner is asked before the run: how often one message will be at one place. */
export interface Asked {
  /** For `output`: the input message that the output was made of. */
  readonly message: string;
  /** `log`: records, whoever may see them; `visible`: those that read_committed is given; `effect`, `output`: of processing. */
  readonly place: 'log' | 'visible' | 'effect' | 'output';
  /** The observation in the middle of the plot at which it is counted; the end of the run without it. */
  readonly observed?: string;
}

/** The question that a scenario is about: where its layer ends, of the message that is struck unless it names another. */
export function askedOf({ layer, cast, fault, asks }: Scenario): Asked {
  const message = fault.message ?? 'm4';
  switch (layer) {
    case 'log-to-effect':
    case 'external-effect':
      return { message, place: 'effect', ...asks };
    case 'input-to-output':
      return { message, place: 'output', ...asks };
    case 'producer-to-log': {
      const isTransactional = cast[fault.actor]?.producer?.transactionalId !== undefined;
      return { message, place: isTransactional ? 'visible' : 'log', ...asks };
    }
  }
}
