import { monotonicMs } from '../clients/monotonic.js';
import { check } from '../core/history/check.js';
import { judge } from '../core/history/judge.js';
import { LabError } from '../core/lab-error.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { LabParts } from './lab-parts.js';
import { remove } from './leftovers.js';
import { newRunId, RunNames } from './names.js';
import { PhaseRun } from './phase-run.js';
import type { PhaseReport, RunProgress, RunReport } from './run.js';

export interface ScenarioRunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/** Control, then fault, then what the two histories prove. @throws LabError, `cancelled` among them. */
export async function runOneScenario(
  parts: LabParts,
  scenario: Scenario,
  { signal, onProgress }: ScenarioRunOptions,
): Promise<RunReport> {
  const startMs = monotonicMs();
  const runId = newRunId();
  const play = (phase: 'control' | 'fault'): Promise<PhaseReport> =>
    playPhase(parts, scenario, { phase, runId, signal, onProgress });
  onProgress({ scenario: scenario.id, stage: 'preparing' });
  await parts.warmUp(scenario, signal);
  const control = await play('control');
  const fault = await play('fault');
  return {
    scenario,
    broker: parts.broker,
    control,
    fault,
    ...judge(scenario, control, fault),
    durationMs: Math.round(monotonicMs() - startMs),
  };
}

async function playPhase(
  parts: LabParts,
  scenario: Scenario,
  options: ScenarioRunOptions & { readonly phase: 'control' | 'fault'; readonly runId: string },
): Promise<PhaseReport> {
  const { phase, runId, signal, onProgress } = options;
  const names = RunNames.of(scenario, runId, phase);
  const tell = (stage: RunProgress['stage']): void => onProgress({ scenario: scenario.id, stage });
  const { broker, cluster, connection, pool, timing, log } = parts;
  const run = new PhaseRun({
    ...{ scenario, phase, names, signal, broker, cluster, connection, pool, timing, log },
    onReading: () => tell('reading'),
  });
  const watch = parts.watch(names, run.chronicle);
  parts.inUse.add(run);
  tell(phase);
  try {
    await untilEnd(run.play(), signal, timing.runWithinMs);
    await watch.flush();
  } finally {
    await run.terminate();
    watch.stop();
    tell('cleaning-up');
    await remove(cluster, run.resources, run.deadMembers()).finally(() => parts.inUse.delete(run));
  }
  const history = run.history();
  return { history, verdict: check(history) };
}

/** Ends early when the signal fires or the time is over; the run itself is then ended by its `terminate`. */
async function untilEnd(play: Promise<void>, signal: AbortSignal, withinMs: number): Promise<void> {
  play.catch(() => undefined);
  let stop: () => void = () => undefined;
  const early = new Promise<never>((_resolve, reject) => {
    const cancel = (): void => reject(new LabError('cancelled'));
    const late = (): void => reject(new LabError('run-timed-out', { seconds: Math.round(withinMs / 1000) }));
    const timer = setTimeout(late, withinMs);
    signal.addEventListener('abort', cancel, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    };
    if (signal.aborted) cancel();
  });
  try {
    await Promise.race([play, early]);
  } finally {
    stop();
  }
}
