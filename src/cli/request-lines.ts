import type { RequestEvent } from '../broker/request-event.js';

const placeWidth = 'node 1  #123'.length;
const apiWidth = 'AddPartitionsToTxn v10'.length;

/**
 * One line a request, written when its answer leaves (a long poll: when it ends): who asked what about what, and the errors in
 * the answer. `node 1  #4 my-app  Produce v7  orders/0 → NOT_LEADER_OR_FOLLOWER`
 */
export class RequestLines {
  /** What each request was about, from its arrival to its answer. */
  private readonly about = new Map<string, string>();

  lineFor(event: RequestEvent): string | undefined {
    const place = `node ${event.nodeId}  #${event.connectionId}`;
    if (event.phase === 'refused') return `${place}  ${event.reason}`;
    const key = `${event.connectionId}/${event.correlationId}`;
    if (event.phase === 'received') {
      this.about.set(key, event.summary);
      return undefined;
    }
    const about = this.about.get(key) ?? '';
    this.about.delete(key);
    const answer = event.phase === 'unanswered' ? '→ –' : event.summary === '' ? '' : `→ ${event.summary}`;
    const api = `${event.api} v${event.version}`.padEnd(apiWidth);
    return [place.padEnd(placeWidth), event.clientId ?? '–', api, about, answer]
      .filter((word) => word !== '')
      .join('  ')
      .trimEnd();
  }
}
