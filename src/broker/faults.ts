import { FaultActions } from './fault-actions.js';
import { checkRule, type Armament } from './fault-arming.js';
import {
  FaultRuleError,
  type ConnectionAction,
  type FaultPhase,
  type FaultRule,
  type FaultRuleEvent,
} from './fault-rule.js';
import { asStruct, ownSite, siteMatches, sitesOf } from './fault-sites.js';
import type { FaultSite } from './requests/handler.js';
import type { BrokerServices } from './services.js';

/** A phase of a request that rules may strike at. */
export interface Occurrence {
  readonly nodeId: number;
  readonly clientId: string | null;
  readonly api: string;
  readonly request: unknown;
  /** Inside a handler: the one thing concerned. Absent: everything that the request names. */
  readonly site?: FaultSite;
}

/** What the connection has to do about it; delays and changes of state are over when it is told. */
export interface Verdict {
  readonly errorCode?: number;
  readonly cut?: 'close' | 'reset';
  /** The answer: −1 not a byte, else so many bytes. */
  readonly replyBytes?: number;
  readonly site?: FaultSite;
}

interface ArmedRule {
  readonly id: string;
  readonly rule: FaultRule;
  matches: number;
}

const nothing = Promise.resolve(undefined);

/** The rules that lie in wait. While there are none, a phase costs one comparison. */
export class Faults {
  private armed: ArmedRule[] = [];
  private made = 0;
  private readonly actions: FaultActions;

  constructor(
    private readonly services: BrokerServices,
    private readonly armament: Armament,
    private readonly report: (event: FaultRuleEvent) => void,
  ) {
    this.actions = new FaultActions(services);
  }

  /**
   * From now on the rule lies in wait; answers its id.
   * @throws FaultRuleError when it could not do what it says.
   */
  arm(rule: FaultRule): string {
    checkRule(rule, this.armament);
    const id = rule.id ?? `rule-${++this.made}`;
    if (this.armed.some((one) => one.id === id)) throw new FaultRuleError(`a rule "${id}" is armed already`);
    this.armed.push({ id, rule, matches: 0 });
    this.report({ rule: id, event: 'armed', phase: rule.phase, action: rule.action.kind });
    return id;
  }

  /** False: there is no such rule, or it has done its work. */
  disarm(id: string): boolean {
    const before = this.armed.length;
    this.armed = this.armed.filter((one) => one.id !== id);
    return this.armed.length < before;
  }

  /** Fires every rule that is due, in the order of arming. */
  strike(phase: FaultPhase, occurrence: Occurrence): Promise<Verdict | undefined> {
    return this.armed.length === 0 ? nothing : this.fireAll(phase, occurrence);
  }

  private async fireAll(phase: FaultPhase, occurrence: Occurrence): Promise<Verdict | undefined> {
    const sites = sitesAt(occurrence);
    // Counted all at once, before the first delay: requests on other connections go on meanwhile.
    const due = this.armed.flatMap((armed) => {
      const site = matchIn(armed.rule, phase, occurrence, sites);
      return site && this.isDue(armed) ? [{ armed, site }] : [];
    });
    let verdict: Verdict | undefined;
    for (const { armed, site } of due) {
      const effect = await this.fire(armed, site, occurrence);
      if (effect) verdict = { ...verdict, ...effect };
    }
    return verdict;
  }

  private isDue(armed: ArmedRule): boolean {
    const { nth = 1, count = 1 } = armed.rule;
    armed.matches += 1;
    if (armed.matches >= nth + count - 1) this.disarm(armed.id);
    return armed.matches >= nth;
  }

  private async fire(
    { id, rule }: ArmedRule,
    site: FaultSite,
    occurrence: Occurrence,
  ): Promise<Verdict | undefined> {
    const { action, phase } = rule;
    const fired = {
      rule: id,
      event: 'fired',
      phase,
      action: action.kind,
      api: occurrence.api,
      site,
    } as const;
    switch (action.kind) {
      case 'delay':
        this.report({ ...fired, acted: true });
        await this.pause(action.delayMs);
        return undefined;
      case 'close':
      case 'reset':
      case 'drop-reply':
      case 'partial-reply':
      case 'error':
        this.report({ ...fired, acted: true });
        return { ...verdictOf(action), site: namedSite(rule, site) };
      default: {
        const memberId = asStruct(occurrence.request)['memberId'];
        const sender = typeof memberId === 'string' && memberId !== '' ? memberId : undefined;
        const acted = this.actions.perform(rule, action, { site, memberId: sender });
        this.report({ ...fired, acted });
        return undefined;
      }
    }
  }

  private pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.services.clock.schedule(delayMs, resolve));
  }
}

function sitesAt(occurrence: Occurrence): readonly FaultSite[] {
  if (!occurrence.site) return sitesOf(occurrence.request);
  return [{ ...ownSite(asStruct(occurrence.request)), ...occurrence.site }];
}

function matchIn(
  rule: FaultRule,
  phase: FaultPhase,
  occurrence: Occurrence,
  sites: readonly FaultSite[],
): FaultSite | undefined {
  const here =
    rule.phase === phase &&
    (rule.node === undefined || rule.node === occurrence.nodeId) &&
    (rule.clientId === undefined || rule.clientId === occurrence.clientId) &&
    (rule.api === undefined || rule.api === occurrence.api);
  return here ? sites.find((site) => siteMatches(rule, site)) : undefined;
}

/** An error is told where the rule says; a rule that names no topic means the whole answer. */
function namedSite(rule: FaultRule, matched: FaultSite): FaultSite {
  if (rule.topic === undefined) return {};
  return rule.partition === undefined ? { topic: rule.topic } : matched;
}

function verdictOf(action: Exclude<ConnectionAction, { kind: 'delay' }>): Verdict {
  switch (action.kind) {
    case 'close':
    case 'reset':
      return { cut: action.kind, replyBytes: -1 };
    case 'drop-reply':
      return { replyBytes: -1 };
    case 'partial-reply':
      return { replyBytes: action.bytes, cut: 'close' };
    case 'error':
      return { errorCode: action.code };
  }
}
