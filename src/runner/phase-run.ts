import type { ActorAssignment, AssignedTopic } from '../clients/actor-protocol.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import type { ClientLogEntry } from '../clients/kafka-client.js';
import type { ConnectionSettings } from '../clients/connection-settings.js';
import { leaveGroup } from '../clients/groups.js';
import { writeRecord } from '../clients/seed.js';
import { createTopics, leadersOf } from '../clients/topics.js';
import type { History, Observation } from '../core/history/events.js';
import type { TopicRole } from '../core/layer.js';
import type { Actor, ActorName, Scenario } from '../core/scenario/scenario.js';
import type { ActorPool } from './actor-pool.js';
import { ActorRun, type Ending } from './actor-run.js';
import { Chronicle } from './chronicle.js';
import { EffectLedger } from './effect-ledger.js';
import type { RunNames } from './names.js';
import { observe } from './observation.js';
import { playPlot } from './plot.js';
import { RunState } from './run-state.js';
import { Takeover } from './takeover.js';
import type { Timing } from './timing.js';
import { Watchdog } from './watchdog.js';

export interface PhaseSettings {
  readonly scenario: Scenario;
  readonly phase: 'control' | 'fault';
  readonly broker: 'embedded' | 'kafka';
  readonly names: RunNames;
  readonly cluster: ClusterConnection;
  readonly connection: ConnectionSettings;
  readonly pool: ActorPool;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** What was made ready before, for the history. */
  readonly warmedUp: string | undefined;
  readonly onReading: () => void;
  readonly log: (line: string) => void;
}

/** One of a scenario's two runs: topics, seed, plot, drain. Whoever lets it play removes its `resources`. */
export class PhaseRun {
  readonly chronicle = new Chronicle();
  private readonly state = new RunState();
  private readonly ledger = new EffectLedger();
  private readonly takeover: Takeover;
  private readonly watchdog: Watchdog;
  private readonly running = new Set<ActorRun>();
  private readonly incarnations = new Map<ActorName, number>();
  private readonly endOffsets = new Map<TopicRole, readonly number[]>();

  constructor(private readonly settings: PhaseSettings) {
    const { cluster } = settings;
    this.watchdog = new Watchdog(() => cluster.describe([]));
    this.takeover = new Takeover(this.state, {
      leave: (group, memberId) => leaveGroup(cluster, group, memberId),
      note: (detail, process) => this.chronicle.record({ type: 'note', about: 'takeover', process, detail }),
    });
  }

  /** Topics and groups that exist because of this run. */
  get resources(): { readonly topics: readonly string[]; readonly groups: readonly string[] } {
    const { scenario, names } = this.settings;
    return { topics: scenario.topics.map(({ role }) => names.topic(role)), groups: this.groups() };
  }

  /** Rejects when the broker has gone, long before its clients give up. */
  play(): Promise<void> {
    return Promise.race([this.playToTheEnd(), this.watchdog.brokerLost]);
  }

  private async playToTheEnd(): Promise<void> {
    const { scenario, phase, broker, cluster, signal, warmedUp } = this.settings;
    this.chronicle.record({
      type: 'run',
      scenario: scenario.id,
      phase,
      broker,
      layer: scenario.layer,
      topics: this.topics(),
      groups: this.groups(),
    });
    if (warmedUp !== undefined) {
      this.chronicle.record({ type: 'note', about: 'warm-up', detail: warmedUp });
    }
    await createTopics(cluster, this.topics(), signal);
    await this.seed();
    await playPlot(scenario.plot, {
      start: (actor) => this.start(actor),
      observe: (label) => this.observe(label),
    });
    this.settings.onReading();
    await this.observe('end');
  }

  /** Ends every thread at once; what they recorded stays. */
  async terminate(): Promise<void> {
    await Promise.all([...this.running].map((run) => run.terminate()));
  }

  history(): History {
    return this.chronicle.history();
  }

  private topics(): readonly {
    readonly role: TopicRole;
    readonly topic: string;
    readonly partitions: number;
  }[] {
    const { scenario, names } = this.settings;
    return scenario.topics.map(({ role, partitions }) => ({ role, topic: names.topic(role), partitions }));
  }

  private groups(): readonly string[] {
    const { scenario, names } = this.settings;
    const roles = Object.values(scenario.cast).flatMap(({ consumer }) =>
      consumer ? [consumer.groupId] : [],
    );
    return [...new Set(roles)].map((role) => names.group(role));
  }

  private async seed(): Promise<void> {
    const { scenario, names, cluster } = this.settings;
    for (const { role, partitions, seeded } of scenario.topics) {
      const topic = names.topic(role);
      const counts = Array<number>(partitions).fill(0);
      const leaders = seeded > 0 ? await leadersOf(cluster, [topic]) : new Map<string, number>();
      for (let index = 0; index < seeded; index++) {
        this.settings.signal.throwIfAborted();
        const partition = index % partitions;
        const leader = leaders.get(`${topic}/${partition}`) ?? -1;
        const record = { topic, partition, value: `m${index}` };
        await this.chronicle.perform('seeder', { f: 'send', ...record }, async () => {
          const offset = await writeRecord(cluster, leader, record);
          counts[partition] = offset + 1;
          return { offset };
        });
      }
      this.endOffsets.set(role, counts);
    }
  }

  private async start(name: ActorName): Promise<Ending> {
    this.settings.signal.throwIfAborted();
    const assignment = this.assignment(name);
    this.state.started(assignment.process, assignment.transactionalId);
    const run = new ActorRun(this.settings.pool.take(), assignment, this.ledger, {
      event: (counter, atMs, event) => this.event(assignment.process, counter, atMs, event),
      log: (entry) => this.logged(assignment.process, entry),
    });
    this.running.add(run);
    try {
      const ending = await run.whole();
      if (ending !== 'stop') this.takeover.crashed(assignment.process);
      return ending;
    } finally {
      this.running.delete(run);
    }
  }

  private logged(process: string, { level, message }: ClientLogEntry): void {
    this.settings.log(`${process}: ${message}`);
    if (level === 'error') this.watchdog.suspect();
  }

  private event(process: string, counter: number, atMs: number, event: Observation): void {
    this.chronicle.add(process, counter, atMs, event);
    this.state.observe(event);
    this.takeover.observe(event);
  }

  private assignment(name: ActorName): ActorAssignment {
    const { scenario, phase, connection, timing, names } = this.settings;
    const actor = actorNamed(scenario, name);
    const incarnation = (this.incarnations.get(name) ?? 0) + 1;
    this.incarnations.set(name, incarnation);
    const strikes = phase === 'fault' && incarnation === 1 && scenario.fault.actor === name;
    return {
      process: incarnation === 1 ? name : `${name}#${incarnation}`,
      name,
      actor,
      topics: this.assignedTopics(),
      ...(actor.consumer && { groupId: names.group(actor.consumer.groupId) }),
      ...(actor.producer?.transactionalId !== undefined && {
        transactionalId: names.transactionalId(actor.producer.transactionalId),
      }),
      connection,
      timing: timing.actor,
      ...(strikes && { fault: scenario.fault }),
    };
  }

  private assignedTopics(): Readonly<Partial<Record<TopicRole, AssignedTopic>>> {
    return Object.fromEntries(
      this.topics().map(({ role, topic, partitions }) => [
        role,
        { topic, partitions, endOffsets: this.endOffsets.get(role) ?? [] },
      ]),
    );
  }

  private async observe(label: string): Promise<void> {
    const { cluster, signal } = this.settings;
    const seen = { topics: this.topics(), groups: this.groups() };
    for (const event of await observe(cluster, seen, this.state, { label, signal }))
      this.chronicle.record(event);
  }
}

function actorNamed({ cast, id }: Scenario, name: ActorName): Actor {
  const actor = cast[name];
  if (!actor) throw new TypeError(`${id} has no actor ${name}`);
  return actor;
}
