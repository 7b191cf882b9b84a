import { assertNever } from '../../assert-never.js';
import type { Fault } from '../../scenario/scenario.js';
import type { FaultEvent, History, Recorded } from '../events.js';
import type { Doubt } from '../verdict.js';

/**
 * The fault must have been armed and have fired exactly once, at the stated point, in the run with the fault, and not
 * at all in the control: otherwise the two runs show nothing about it.
 */
export function faultDoubts(fault: Fault, control: History, struck: History): readonly Doubt[] {
  return [...controlDoubts(control), ...firingDoubts(fault, struck)];
}

function controlDoubts(control: History): readonly Doubt[] {
  const fired = faultEvents(control, 'fired');
  return fired.length === 0
    ? []
    : [{ guard: 'control-not-clean', detail: { what: 'fault', expected: 0, found: fired.length } }];
}

function firingDoubts(fault: Fault, history: History): readonly Doubt[] {
  if (faultEvents(history, 'armed').length === 0) {
    return [{ guard: 'fault-not-armed', detail: { point: fault.point } }];
  }
  const fired = faultEvents(history, 'fired');
  const [only] = fired;
  if (only === undefined || fired.length > 1) {
    return [{ guard: 'fault-not-fired-once', detail: { point: fault.point, fired: fired.length } }];
  }
  return [...placeDoubts(fault, only), ...evidenceDoubts(fault, history)];
}

/** Where it was to strike beside where it struck, word by word; the first difference is told. */
function placeDoubts(fault: Fault, fired: FaultEvent): readonly Doubt[] {
  const wanted = placeOf(fault);
  const struck: Readonly<Record<string, string | undefined>> = { ...fired };
  for (const [what, expected] of Object.entries(wanted)) {
    const found = struck[what];
    if (found !== expected) {
      return [
        { guard: 'fault-elsewhere', detail: { point: fault.point, what, expected, found: found ?? '' } },
      ];
    }
  }
  return [];
}

/** A fault strikes the first incarnation only, whose process id is the actor's name. */
function placeOf(fault: Fault): Readonly<Record<string, string>> {
  const common = { point: fault.point, process: fault.actor };
  switch (fault.kind) {
    case 'wire':
      return {
        ...common,
        api: fault.api,
        action: fault.action,
        ...(fault.message === undefined ? {} : { message: fault.message }),
      };
    case 'crash':
    case 'abort':
      return { ...common, action: fault.kind, message: fault.message, after: fault.after };
    default:
      return assertNever(fault);
  }
}

/** That a fault reports itself fired is not yet the fault: the history must show what it did to the victim. */
function evidenceDoubts(fault: Fault, history: History): readonly Doubt[] {
  const found = history.filter((event) => showsTheFault(fault, event)).length;
  return found === 1
    ? []
    : [{ guard: 'fault-elsewhere', detail: { point: fault.point, what: 'evidence', expected: 1, found } }];
}

function showsTheFault(fault: Fault, event: History[number]): boolean {
  if (!('process' in event) || event.process !== fault.actor) {
    return false;
  }
  if (fault.kind === 'abort') {
    return event.type === 'invoke' && event.f === 'abort';
  }
  if (fault.kind === 'crash' || fault.action === 'crash-on-response') {
    return event.type === 'process' && event.event === 'crash';
  }
  const fate = fault.action === 'delay-response' ? 'delayed' : 'lost';
  const struck = fault.action === 'lose-request' ? 'request' : 'response';
  return event.type === struck && event.api === fault.api && event.fate === fate;
}

function faultEvents(history: History, event: FaultEvent['event']): readonly Recorded<FaultEvent>[] {
  return history.filter((one) => one.type === 'fault').filter((one) => one.event === event);
}
