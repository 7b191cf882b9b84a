import type { History, Observation } from '../../../src/core/history/events.js';
import type { Cue, Scenario } from '../../../src/core/scenario/scenario.js';
import { SimulatedActor } from './simulated-actor.js';
import { SimulatedCluster } from './simulated-cluster.js';
import { numbered } from '../history/build.js';

/**
 * Plays a scenario by Kafka's rules without Kafka: what the catalogue claims is reasoned through once more, by code that
 * shares nothing with the checker. `broker: true` adds the ground truth that only the embedded broker tells.
 */
export function simulate(scenario: Scenario, phase: 'control' | 'fault', { broker = true } = {}): History {
  return new Simulation(scenario, phase).play(broker);
}

class Simulation {
  private readonly events: Observation[] = [];
  private readonly cluster: SimulatedCluster;
  private readonly incarnations = new Map<string, number>();

  constructor(
    private readonly scenario: Scenario,
    private readonly phase: 'control' | 'fault',
  ) {
    this.cluster = new SimulatedCluster(scenario.topics, (event) => this.events.push(event));
  }

  play(broker: boolean): History {
    const { id, layer } = this.scenario;
    const topics = this.scenario.topics.map(({ role, partitions }) => ({ role, topic: role, partitions }));
    this.events.push({ type: 'run', scenario: id, phase: this.phase, layer, topics, groups: ['group'] });
    this.cluster.seed();
    this.moment((when) => when.at === 'once');
    this.cluster.observe('end');
    const brokerOnly = new Set(['append', 'marker', 'deduplicated', 'watermarks']);
    return numbered(this.events.filter(({ type }) => broker || !brokerOnly.has(type)));
  }

  /** Plays the cues whose moment has come, and those that they bring about. */
  private moment(hasCome: (when: Cue['when']) => boolean): void {
    for (const cue of this.scenario.plot.filter(({ when }) => hasCome(when))) {
      if ('observe' in cue) {
        this.cluster.observe(cue.observe);
        this.moment((when) => when.at === 'observed' && when.label === cue.observe);
      } else {
        const ended = this.start(cue.start);
        this.moment(
          (when) =>
            (when.at === 'ended' && when.actor === cue.start) ||
            (when.at === 'crashed' && when.actor === cue.start && ended === 'crash'),
        );
      }
    }
  }

  private start(name: string): 'stop' | 'crash' {
    const incarnation = (this.incarnations.get(name) ?? 0) + 1;
    this.incarnations.set(name, incarnation);
    const actor = this.scenario.cast[name];
    if (!actor) throw new Error(`no actor ${name}`);
    const { fault } = this.scenario;
    const struck = this.phase === 'fault' && incarnation === 1 && fault.actor === name;
    const process = incarnation === 1 ? name : `${name}#${incarnation}`;
    const record = (event: Observation): void => void this.events.push(event);
    const simulated = new SimulatedActor(process, name, actor, this.cluster, record);
    return simulated.run(struck ? fault : undefined);
  }
}
