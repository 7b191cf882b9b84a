import * as vscode from 'vscode';
import type { Lab } from '../../runner/lab.js';
import type { Leftovers } from '../../runner/leftovers.js';
import type { WorkerFiles } from '../../runner/run.js';
import type { ConnectionSettings } from '../../clients/connection-settings.js';
import type { BrokerChoices } from '../broker-choice.js';
import type { KnownClusters } from '../clusters/known-clusters.js';
import type { OpenRun, OpenRuns } from '../open-runs.js';
import { tellError } from '../say.js';

export interface LeftoverParts {
  readonly openRuns: OpenRuns;
  readonly known: KnownClusters;
  readonly choices: BrokerChoices;
  readonly workers: WorkerFiles;
  readonly log: vscode.LogOutputChannel;
}

/** At the start: asks whether to look for what a killed run left behind. Only a yes touches the network. */
export async function offerLeftovers(parts: LeftoverParts): Promise<void> {
  const run = await firstAbandoned(parts);
  if (run === undefined) return;
  const address = run.servers.join(', ');
  const look = vscode.l10n.t('Look and Remove…');
  const never = vscode.l10n.t('Leave It');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('A run on {address} was cut off before it could remove its topics and groups.', {
      address,
    }),
    look,
    never,
  );
  if (answer === look) await removeLeftoversOn(parts, run);
  if (answer === never) await parts.openRuns.forget(run.servers);
}

/** Notes that cannot be read are no reason to disturb anybody at the start; the log says why. */
async function firstAbandoned({ openRuns, log }: LeftoverParts): Promise<OpenRun | undefined> {
  try {
    return (await openRuns.abandoned())[0];
  } catch (error) {
    log.warn('the notes of open runs cannot be read', error);
    return undefined;
  }
}

/** `Remove What Earlier Runs Left Behind…`, on the cluster that was chosen. */
export async function removeLeftovers(parts: LeftoverParts): Promise<void> {
  const choice = parts.choices.current();
  if (choice.kind === 'kafka' && choice.servers.length > 0) {
    await removeLeftoversOn(parts, choice);
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Runs go to the embedded broker, which keeps nothing after a run unless it is pinned.'),
  );
}

type Place = Pick<OpenRun, 'servers' | 'clusterId'>;

async function removeLeftoversOn(parts: LeftoverParts, place: Place): Promise<void> {
  const { servers } = place;
  try {
    await inLab(parts, place, (lab) => findAndRemove(lab, servers));
    await parts.openRuns.forget(servers);
  } catch (error) {
    tellError(parts.log, error);
  }
}

async function inLab(
  { workers, known }: LeftoverParts,
  place: Place,
  work: (lab: Lab) => Promise<void>,
): Promise<void> {
  const { openLab } = await import('#runner');
  const lab = await openLab({
    target: { kind: 'kafka', connection: await connectionTo(known, place) },
    workers,
  });
  await work(lab).finally(() => lab.dispose());
}

/** A cluster that was removed since, and one of the settings that are others now, is tried without a login. */
async function connectionTo(
  known: KnownClusters,
  { servers, clusterId }: Place,
): Promise<ConnectionSettings> {
  const entry = clusterId === undefined ? undefined : known.entry(clusterId);
  if (entry?.servers.join() !== servers.join()) return { bootstrapServers: servers };
  return known.connectionOf(entry.id);
}

async function findAndRemove(lab: Lab, servers: readonly string[]): Promise<void> {
  const leftovers = await lab.findLeftovers();
  const address = servers.join(', ');
  if (leftovers.topics.length + leftovers.groups.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing was left behind on {address}.', { address }),
    );
    return;
  }
  if (!(await confirmed(leftovers, address))) return;
  await lab.removeLeftovers(leftovers);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Removed what was left on {address}.', { address }),
  );
}

async function confirmed({ topics, groups }: Leftovers, address: string): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove what is left on {address}?', { address }),
    { modal: true, detail: [...topics, ...groups].join('\n') },
    remove,
  );
  return answer === remove;
}
