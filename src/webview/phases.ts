import type { LabReport } from '../shared/lab-report.js';
import type { OpenedHistory } from '../shared/page.js';

/** The two histories of a run; one that was opened from a file stands for both. */
export type Phases = Pick<LabReport, 'control' | 'fault'>;

export function phasesOf({ phase }: OpenedHistory): Phases {
  return { control: phase, fault: phase };
}
