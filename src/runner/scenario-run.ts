import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from '../clients/monotonic.js';
import { check } from '../core/history/check.js';
import { judge } from '../core/history/judge.js';
import { LabError } from '../core/lab-error.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { LabParts, PhaseWatch } from './lab-parts.js';
import { remove } from './leftovers.js';
import { newRunId, RunNames } from './names.js';
import { PhaseRun } from './phase-run.js';
import type { PhaseReport, RunProgress, RunReport } from './run.js';

export interface ScenarioRunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/** A cancel ends within a second; what is not removed by then is removed behind the caller's back. */
const REMOVE_WITHIN_MS = 700;

/** Control, then fault, then what the two histories prove. @throws LabError, `cancelled` among them. */
export async function runOneScenario(
  parts: LabParts,
  scenario: Scenario,
  { signal, onProgress }: ScenarioRunOptions,
): Promise<RunReport> {
  const startMs = monotonicMs();
  const tell = (stage: RunProgress['stage']): void => onProgress({ scenario: scenario.id, stage });
  tell('preparing');
  const warmedUp = await parts.warmUp(scenario, signal);
  const common = { scenario, runId: newRunId(), signal, tell, warmedUp };
  const control = await playPhase(parts, { ...common, phase: 'control' });
  const fault = await playPhase(parts, { ...common, phase: 'fault' });
  return {
    scenario,
    broker: parts.broker,
    control,
    fault,
    ...judge(scenario, control, fault),
    durationMs: Math.round(monotonicMs() - startMs),
  };
}

interface PhaseOptions {
  readonly scenario: Scenario;
  readonly runId: string;
  readonly signal: AbortSignal;
  readonly tell: (stage: RunProgress['stage']) => void;
  readonly warmedUp: string | undefined;
  readonly phase: 'control' | 'fault';
}

async function playPhase(parts: LabParts, options: PhaseOptions): Promise<PhaseReport> {
  const { scenario, runId, signal, tell, warmedUp, phase } = options;
  const { broker, cluster, connection, pool, timing, log } = parts;
  const names = RunNames.of(scenario, runId, phase);
  const run = new PhaseRun({
    ...{ scenario, phase, names, signal, broker, cluster, connection, pool, timing, log, warmedUp },
    onReading: () => tell('reading'),
  });
  const watch = parts.watch(names, run.chronicle);
  parts.inUse.add(run);
  tell(phase);
  try {
    await untilEnd(run.play(), signal, timing.runWithinMs);
    await watch.flush();
  } finally {
    await end(run, watch, tell).finally(() =>
      parts.keepsTopics ? keep(parts, run) : cleanUp(parts, run, signal),
    );
  }
  const history = run.history();
  return { history, verdict: check(history) };
}

/** Whatever fails here, a listener to the progress included, the caller still removes what the run made. */
async function end(run: PhaseRun, watch: PhaseWatch, tell: PhaseOptions['tell']): Promise<void> {
  await run.terminate();
  watch.stop();
  tell('cleaning-up');
}

/** From now on they are leftovers like those of a killed run: whoever opens the next lab may remove them. */
function keep(parts: LabParts, run: PhaseRun): void {
  parts.inUse.delete(run);
}

/** Never rejects: what could not be removed is noted, and found as a leftover later; it must not hide why a run failed. */
async function cleanUp(parts: LabParts, run: PhaseRun, signal: AbortSignal): Promise<void> {
  const removal = remove(parts.cluster, run.resources)
    .catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      run.chronicle.record({
        type: 'note',
        about: 'clean-up',
        detail: `not everything was removed: ${detail}`,
      });
      parts.log(`clean-up: ${detail}`);
    })
    .finally(() => {
      parts.inUse.delete(run);
      parts.cleanUps.delete(removal);
    });
  parts.cleanUps.add(removal);
  await (signal.aborted ? Promise.race([removal, delay(REMOVE_WITHIN_MS)]) : removal);
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
