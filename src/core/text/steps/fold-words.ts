import { passing } from '../../timeline/passing.js';
import { seeder, type Step } from '../../timeline/step.js';
import { isFrame } from '../../timeline/steps.js';
import type { Translate } from '../translate.js';
import { rangesOf } from './ranges.js';

/** "m0 – m3: 4 requests, 4 answers": what is in a folded stretch. */
export function foldWords(steps: readonly Step[], isMinor: boolean, t: Translate): string {
  const { values, requests, answers } = passing(steps);
  const subject = rangesOf(values);
  if (steps.every(({ process }) => process === seeder))
    return t('{values} are in the input already', { values: subject });
  if (isMinor || values.length === 0) return housekeepingWords(steps, t);
  if (requests + answers === 0) return t('{subject}: {count} steps', { subject, count: steps.length });
  return t('{subject}: {counted}', { subject, counted: exchange(requests, answers, t) });
}

/** What frames are for that no message hangs on: the most telling one names them all. */
function housekeepingWords(steps: readonly Step[], t: Translate): string {
  const apis = new Set(steps.flatMap(({ event }) => (isFrame(event) ? [event.api] : [])));
  if (apis.has('JoinGroup')) return t('joining the group');
  if (apis.has('LeaveGroup')) return t('leaving the group');
  if (apis.has('ApiVersions')) return t('connecting');
  if (apis.has('FindCoordinator')) return t('finding the coordinator');
  if (apis.has('Fetch')) return t('fetching');
  if (apis.has('Metadata')) return t('finding the leader');
  return apis.size === 0 ? t('{count} steps', { count: steps.length }) : [...apis].join(', ');
}

function exchange(requests: number, answers: number, t: Translate): string {
  const asked = requests === 1 ? t('1 request') : t('{requests} requests', { requests });
  const told = answers === 1 ? t('1 answer') : t('{answers} answers', { answers });
  return t('{asked}, {told}', { asked, told });
}
