import { errorName } from './protocol/errors.js';
import { asStruct, sitesOf } from './fault-sites.js';
import type { FaultSite } from './requests/handler.js';

/** What happened to a request, for whoever watches the broker; and what was not a request at all. */
export type RequestEvent =
  | (RequestPlace & {
      readonly phase: 'received' | 'replied' | 'unanswered';
      /** One line: what the request is about; once replied, the errors in the answer. */
      readonly summary: string;
    })
  /** Bytes that cannot be answered; the connection is closed. */
  | {
      readonly phase: 'refused';
      readonly nodeId: number;
      readonly connectionId: number;
      readonly reason: string;
    };

export interface RequestPlace {
  readonly nodeId: number;
  readonly connectionId: number;
  readonly clientId: string | null;
  readonly api: string;
  readonly version: number;
  readonly correlationId: number;
}

const mostSites = 3;

/** `orders/0, orders/1, group billing` */
export function summarise(request: unknown): string {
  const named = [...new Set(sitesOf(request).map(nameOf))].filter((name) => name !== '');
  const more = named.length > mostSites ? ` and ${named.length - mostSites} more` : '';
  return named.slice(0, mostSites).join(', ') + more;
}

/** `NOT_COORDINATOR` for every kind of error in an answer, anywhere in it; empty when there is none. */
export function errorsIn(response: unknown): string {
  const codes = new Set<number>();
  collect(response, codes);
  return [...codes].map(errorName).join(', ');
}

function nameOf({ topic, partition, group, transactionalId }: FaultSite): string {
  const place = topic === undefined ? undefined : `${topic}${partition === undefined ? '' : `/${partition}`}`;
  const whose = group === undefined ? undefined : `group ${group}`;
  const transaction = transactionalId === undefined ? undefined : `transactional id ${transactionalId}`;
  return [place, whose, transaction].filter((part) => part !== undefined).join(' ');
}

function collect(value: unknown, codes: Set<number>): void {
  if (Array.isArray(value)) for (const one of value as readonly unknown[]) collect(one, codes);
  for (const [name, field] of Object.entries(Array.isArray(value) ? {} : asStruct(value))) {
    if (typeof field === 'number' && field !== 0 && name.toLowerCase().endsWith('errorcode'))
      codes.add(field);
    else if (typeof field === 'object') collect(field, codes);
  }
}
