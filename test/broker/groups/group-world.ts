import { DrivenClock } from '../../../src/broker/clock.js';
import { GroupCoordinator, type GroupOptions } from '../../../src/broker/state/groups/coordinator.js';
import type {
  JoinAnswer,
  JoinRequest,
  MemberIdentity,
  SyncAnswer,
} from '../../../src/broker/state/groups/exchange.js';

/** A coordinator on a clock that the test drives, and the requests of members with lesson settings. */
export class GroupWorld {
  readonly clock = new DrivenClock();
  readonly groups: GroupCoordinator;
  private ids = 0;

  constructor(options: Partial<GroupOptions> = {}) {
    const defaults = { initialRebalanceDelayMs: 0, minSessionTimeoutMs: 300, maxSessionTimeoutMs: 60_000 };
    this.groups = new GroupCoordinator(this.clock, { ...defaults, ...options }, () => String(++this.ids));
  }

  join(request: Partial<JoinRequest> = {}): Promise<JoinAnswer> {
    return this.groups.join({
      groupId: 'g',
      memberId: '',
      groupInstanceId: null,
      clientId: 'client',
      clientHost: '/127.0.0.1',
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: subscription('orders') }],
      sessionTimeoutMs: 1000,
      rebalanceTimeoutMs: 5000,
      requireKnownMemberId: false,
      supportsSkippingAssignment: false,
      ...request,
    });
  }

  sync(joined: JoinAnswer, assignments: Readonly<Record<string, string>> = {}): Promise<SyncAnswer> {
    return this.groups.sync({
      groupId: 'g',
      generationId: joined.generationId,
      memberId: joined.memberId,
      groupInstanceId: null,
      protocolType: null,
      protocolName: null,
      assignments: Object.entries(assignments).map(([memberId, text]) => ({
        memberId,
        assignment: Buffer.from(text),
      })),
    });
  }

  /** One member in a stable group. */
  async alone(request: Partial<JoinRequest> = {}): Promise<JoinAnswer> {
    const joined = await this.join(request);
    await this.sync(joined, { [joined.memberId]: 'all' });
    return joined;
  }

  /** Two members in a stable group; the first leads. */
  async pair(): Promise<readonly [JoinAnswer, JoinAnswer]> {
    const first = await this.alone();
    const joining = this.join();
    const [again, second] = await Promise.all([this.join({ memberId: first.memberId }), joining]);
    const waiting = this.sync(second);
    await this.sync(again, { [again.memberId]: 'one', [second.memberId]: 'two' });
    await waiting;
    return [again, second];
  }

  heartbeat(joined: JoinAnswer): number {
    return this.groups.heartbeat('g', identityOf(joined));
  }

  get state(): string {
    return this.groups.describe('g').state;
  }
}

export function identityOf({ memberId, generationId }: JoinAnswer): MemberIdentity {
  return { memberId, generationId, groupInstanceId: null };
}

/** ConsumerProtocolSubscription, version 0, without user data. */
export function subscription(...topics: readonly string[]): Buffer {
  const head = Buffer.alloc(6);
  head.writeInt32BE(topics.length, 2);
  const names = topics.flatMap((topic) => {
    const length = Buffer.alloc(2);
    length.writeInt16BE(topic.length);
    return [length, Buffer.from(topic)];
  });
  return Buffer.concat([head, ...names, Buffer.from([255, 255, 255, 255])]);
}

/** Whether a promise is still waiting after everything that could settle it now has run. */
export async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  const waiting = Symbol('waiting');
  const turn = new Promise((resolve) => setImmediate(() => resolve(waiting)));
  return (await Promise.race([promise, turn])) === waiting;
}
