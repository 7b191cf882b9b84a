import type { EventChannel } from './event-channel.js';
import type { ExchangeEvent } from './exchange-event.js';
import { refusalOf, withError } from './fault-errors.js';
import type { Features } from './features.js';
import type { FaultPhase } from './fault-rule.js';
import { asStruct } from './fault-sites.js';
import type { Faults, Verdict } from './faults.js';
import { decodeRequest } from './protocol/api.js';
import { apiName } from './protocol/apis.js';
import { ErrorCode } from './protocol/errors.js';
import { decodeRequestHeader, encodeResponseFrame, type RequestHeader } from './protocol/header.js';
import { apiVersions } from './protocol/messages/18-api-versions.js';
import { includesVersion } from './protocol/version-range.js';
import { advertisedAs, registeredApi, versionsWith, type RegisteredApi } from './registry.js';
import { errorsIn, summarise, type RequestEvent, type RequestPlace } from './request-event.js';
import { unsupportedApiVersions } from './requests/18-api-versions.js';
import type { FaultSite, RequestContext } from './requests/handler.js';
import { RefusedRequest } from './requests/refused-request.js';
import type { BrokerServices } from './services.js';

/** What a connection knows and every request on it needs. */
export interface ExchangeParts {
  readonly nodeId: number;
  readonly connectionId: number;
  readonly clientHost: string;
  readonly services: BrokerServices;
  readonly faults: Faults;
  readonly requests: EventChannel<RequestEvent>;
  readonly exchanges: EventChannel<ExchangeEvent>;
  readonly closed: AbortSignal;
}

/** What the connection does next. `cut` comes after the bytes. */
export interface Answer {
  readonly bytes?: Buffer;
  readonly cut?: 'close' | 'reset';
  /** Called once the bytes are written: the last chance of a fault rule. */
  readonly afterReply?: () => Promise<'close' | 'reset' | undefined>;
}

/**
 * One frame, from bytes to bytes: header, version, body, handler, answer, with the phases at which fault rules strike.
 * @throws RefusedRequest, or MalformedError for bytes that end too early.
 */
export async function exchange(frame: Buffer, parts: ExchangeParts): Promise<Answer> {
  const { header, body } = decodeRequestHeader(frame);
  const registered = registeredApi(header.apiKey);
  if (!registered) throw new RefusedRequest(`${apiName(header.apiKey)} is not answered`);
  const { features } = parts.services;
  if (!includesVersion(versionsWith(registered, features), header.apiVersion)) {
    return unsupported(registered, header, features);
  }
  const request: unknown = decodeRequest(registered.api, header.apiVersion, body);
  return new Exchange(registered, header, request, parts).run();
}

/** Only ApiVersions has an answer to a version that it does not know (KIP-511). */
function unsupported(registered: RegisteredApi, header: RequestHeader, features: Features): Answer {
  const { name, api } = registered;
  if (api.key !== apiVersions.key) {
    throw new RefusedRequest(`${name} is not answered in version ${header.apiVersion}`);
  }
  const response = unsupportedApiVersions(advertisedAs(registered, features));
  return { bytes: encodeResponseFrame(apiVersions, 0, header.correlationId, response) };
}

type Ending =
  { readonly phase: 'received' | 'unanswered' } | { readonly phase: 'answered'; readonly response: unknown };

class Exchange {
  /** What a rule that struck inside the handler wants done with the answer. */
  private demanded: Verdict = {};

  constructor(
    private readonly registered: RegisteredApi,
    private readonly header: RequestHeader,
    private readonly request: unknown,
    private readonly parts: ExchangeParts,
  ) {}

  async run(): Promise<Answer> {
    this.tell('received', () => summarise(this.request));
    this.tellBody({ phase: 'received' });
    const received = await this.strike('received');
    if (received?.cut !== undefined) return this.unanswered(received.cut);
    const response =
      received?.errorCode === undefined ? await this.handle() : this.refusal(received.errorCode);
    const verdict = { ...this.demanded, ...(await this.strike('beforeReply')) };
    if (response === undefined) return this.unanswered(verdict.cut);
    const bytes = this.encode(response, verdict);
    return {
      ...(bytes.length > 0 && { bytes }),
      ...(verdict.cut !== undefined && { cut: verdict.cut }),
      afterReply: () => this.afterReply(),
    };
  }

  /** Produce with acks=0, or a connection that a rule cuts. */
  private unanswered(cut: Answer['cut']): Answer {
    this.tell('unanswered', () => '');
    this.tellBody({ phase: 'unanswered' });
    return cut === undefined ? { afterReply: () => this.afterReply() } : { cut };
  }

  private async afterReply(): Promise<Answer['cut']> {
    return (await this.strike('afterReply'))?.cut;
  }

  private handle(): unknown {
    // The registry has paired this handler with the tables that the request was decoded with.
    return this.registered.handler.handle(this.request as never, this.context(), this.parts.services);
  }

  private refusal(errorCode: number): unknown {
    // Who wants no answer can be told of an error by the end of the connection alone, as Kafka does.
    if (asStruct(this.request)['acks'] === 0) throw new RefusedRequest('an error for acks=0');
    return refusalOf(this.registered.api, this.header.apiVersion, this.request, errorCode);
  }

  private encode(response: unknown, { errorCode, site, replyBytes }: Verdict): Buffer {
    const { api } = this.registered;
    const { apiVersion, correlationId } = this.header;
    const told =
      errorCode === undefined ? response : withError(api, apiVersion, response, errorCode, site ?? {});
    const whole = encodeResponseFrame(api, apiVersion, correlationId, told as object);
    const bytes = replyBytes === undefined ? whole : whole.subarray(0, Math.max(0, replyBytes));
    const isCut = bytes.length < whole.length;
    this.tell(isCut ? 'unanswered' : 'replied', () => errorsIn(told));
    this.tellBody(isCut ? { phase: 'unanswered' } : { phase: 'answered', response: told });
    return bytes;
  }

  private context(): RequestContext {
    const { nodeId, connectionId, clientHost, closed } = this.parts;
    const { clientId, apiVersion, correlationId } = this.header;
    const strike: RequestContext['strike'] = (phase, at) => this.strikeInside(phase, at);
    return { nodeId, connectionId, clientHost, closed, clientId, apiVersion, correlationId, strike };
  }

  /** A connection that is cut before the append must not append: the handler is told an error that nobody will read. */
  private async strikeInside(
    phase: 'beforeAppend' | 'afterAppend',
    at: FaultSite,
  ): Promise<number | undefined> {
    const verdict = await this.strike(phase, at);
    if (!verdict) return undefined;
    const { errorCode, cut, replyBytes } = verdict;
    if (cut !== undefined) this.demanded = { ...this.demanded, cut };
    if (replyBytes !== undefined) this.demanded = { ...this.demanded, replyBytes };
    const cutBefore = phase === 'beforeAppend' && cut !== undefined;
    return errorCode ?? (cutBefore ? ErrorCode.UNKNOWN_SERVER_ERROR : undefined);
  }

  private strike(phase: FaultPhase, site?: FaultSite): Promise<Verdict | undefined> {
    const { faults, nodeId } = this.parts;
    const { clientId } = this.header;
    const occurrence = { nodeId, clientId, api: this.registered.name, request: this.request };
    return faults.strike(phase, site === undefined ? occurrence : { ...occurrence, site });
  }

  private tell(phase: 'received' | 'replied' | 'unanswered', summary: () => string): void {
    const { requests } = this.parts;
    if (requests.active) requests.tell({ ...this.place(), phase, summary: summary() });
  }

  private tellBody(ending: Ending): void {
    const { exchanges } = this.parts;
    if (exchanges.active) exchanges.tell({ ...this.place(), request: this.request, ...ending });
  }

  private place(): RequestPlace {
    const { nodeId, connectionId } = this.parts;
    const { clientId, apiVersion: version, correlationId } = this.header;
    return { nodeId, connectionId, clientId, api: this.registered.name, version, correlationId };
  }
}
