import { randomBytes } from 'node:crypto';
import type { TopicRole } from '../core/layer.js';
import type { Scenario } from '../core/scenario/scenario.js';

/** Every name that a run uses begins so; nothing else on a cluster is ever touched. */
const PREFIX = 'lab.';

/** A run's own names: `lab.<scenario>.<run id>.<phase>.<role>`. */
export class RunNames {
  private constructor(private readonly base: string) {}

  static of(scenario: Scenario, runId: string, phase: 'control' | 'fault'): RunNames {
    return new RunNames(`${PREFIX}${scenario.id}.${runId}.${phase}`);
  }

  /** Whatever the run owns begins with this. */
  get prefix(): string {
    return `${this.base}.`;
  }

  topic(role: TopicRole): string {
    return `${this.base}.${role}`;
  }

  group(role: string): string {
    return `${this.base}.${role}`;
  }

  transactionalId(role: string): string {
    return `${this.base}.${role}`;
  }
}

export function newRunId(): string {
  return randomBytes(4).toString('hex');
}

export function isLabName(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** For the coordinators' first use; distinct from every scenario's names. */
export function warmUpName(runId: string): string {
  return `${PREFIX}warm-up.${runId}`;
}
