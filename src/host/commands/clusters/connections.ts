import path from 'node:path';
import * as vscode from 'vscode';
import type { ConnectionSettings } from '../../../clients/connection-settings.js';
import { connectionOf as connectionOfProperties } from '../../../clients/properties/client-properties.js';
import { parseProperties } from '../../../clients/properties/properties.js';
import { parseServers } from '../../broker-choice.js';
import type { ClusterStore, NamedConnection } from '../../clusters/cluster-store.js';
import { clusterSteps } from '../../clusters/cluster-steps.js';
import { connectionOf, draftOf, emptyDraft, type Draft } from '../../clusters/draft.js';
import type { KnownClusters } from '../../clusters/known-clusters.js';
import { askInTurn } from '../../steps.js';
import { sentenceOf } from '../../say.js';
import { editorTranslate } from '../../texts.js';
import { isClusterNode } from '../../trees/clusters/cluster-node.js';
import { confirm } from './confirm.js';

export interface ConnectionParts {
  readonly known: KnownClusters;
  readonly store: ClusterStore;
  readonly log: vscode.LogOutputChannel;
}

/** `Add Cluster…`. @returns its id once it is saved */
export async function addCluster(parts: ConnectionParts): Promise<string | undefined> {
  const cluster = await describe(parts, vscode.l10n.t('Add cluster'), emptyDraft);
  return cluster && parts.store.add(cluster);
}

/** `Edit Cluster…` of a row, or of one that is asked for. */
export async function editCluster(parts: ConnectionParts, node: unknown): Promise<void> {
  const id = await savedCluster(parts, node);
  const entry = id === undefined ? undefined : parts.known.entry(id);
  if (entry === undefined) return;
  const before = { name: entry.name, connection: await parts.known.connectionOf(entry.id) };
  const cluster = await describe(parts, vscode.l10n.t('Edit cluster'), draftOf(before));
  if (cluster !== undefined) await parts.store.update(entry.id, cluster);
}

export async function removeCluster(parts: ConnectionParts, node: unknown): Promise<void> {
  const id = await savedCluster(parts, node);
  if (id === undefined) return;
  const agreed = await confirm(
    vscode.l10n.t('Remove the cluster “{name}” from the view?', { name: parts.known.entry(id)?.name ?? id }),
    vscode.l10n.t(
      'Its password, keys and certificates are deleted from this editor. Nothing changes on the cluster.',
    ),
    vscode.l10n.t('Remove Cluster'),
  );
  if (agreed) await parts.store.remove(id);
}

/** `Import Cluster from Properties File…`: what the file says is shown for correction, and then tried like one that was typed. */
export async function importCluster(parts: ConnectionParts): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('A file of Kafka client properties'),
      openLabel: vscode.l10n.t('Import'),
      filters: { Properties: ['properties', 'conf', 'config'], [vscode.l10n.t('All files')]: ['*'] },
    })) ?? [];
  if (file === undefined) return;
  const connection = await connectionIn(file);
  const name = path.posix.basename(file.path).replace(/\.[^.]*$/, '');
  const cluster = await describe(parts, vscode.l10n.t('Import cluster'), draftOf({ name, connection }));
  if (cluster !== undefined) await parts.store.add(cluster);
}

/** Files that the properties name are looked up beside the file: an editor has no current folder. */
async function connectionIn(file: vscode.Uri): Promise<ConnectionSettings> {
  const read = async (name: string): Promise<string> => {
    const found = path.isAbsolute(name) ? vscode.Uri.file(name) : vscode.Uri.joinPath(file, '..', name);
    return textOf(found);
  };
  return connectionOfProperties(parseProperties(await textOf(file)), undefined, read, editorTranslate());
}

async function textOf(file: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

/** Asks, tries, and asks again until the user is content or gives up. */
async function describe(
  parts: ConnectionParts,
  title: string,
  initial: Draft,
): Promise<NamedConnection | undefined> {
  let draft: Draft | undefined = initial;
  for (;;) {
    draft = await askInTurn(title, clusterSteps, draft);
    if (draft === undefined) return undefined;
    const connection = connectionOf(draft, parseServers(draft.servers) ?? []);
    const problem = await tryOut(parts, connection);
    const cluster = { name: draft.name, connection };
    if (problem === undefined) return cluster;
    const next = await whatNow(parts, problem);
    if (next !== 'edit') return next === 'save' ? cluster : undefined;
  }
}

/** @returns what is wrong, in one sentence */
async function tryOut({ log }: ConnectionParts, connection: ConnectionSettings): Promise<string | undefined> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Trying to reach {server}…', { server: connection.bootstrapServers.join(', ') }),
      cancellable: true,
    },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        const { openCluster } = await import('#cluster');
        const cluster = await openCluster({ connection, signal: abort.signal });
        await cluster.topics().finally(() => cluster.close());
        return undefined;
      } catch (error) {
        log.warn(error instanceof Error ? error.message : String(error));
        return token.isCancellationRequested ? vscode.l10n.t('The attempt was stopped.') : sentenceOf(error);
      }
    },
  );
}

async function whatNow({ log }: ConnectionParts, problem: string): Promise<'edit' | 'save' | undefined> {
  const edit = vscode.l10n.t('Correct It');
  const save = vscode.l10n.t('Save Anyway');
  const showLog = vscode.l10n.t('Show Log');
  const answer = await vscode.window.showErrorMessage(
    vscode.l10n.t('The cluster cannot be used as it was described.'),
    { modal: true, detail: problem },
    edit,
    save,
    showLog,
  );
  if (answer === showLog) log.show();
  // What was typed is not lost by a look into the log.
  if (answer === edit || answer === showLog) return 'edit';
  return answer === save ? 'save' : undefined;
}

/** The cluster of a row, or one that the user picks; only those that were added here. */
async function savedCluster({ store }: ConnectionParts, node: unknown): Promise<string | undefined> {
  if (isClusterNode(node)) return store.entries().find(({ id }) => id === node.clusterId)?.id;
  const items = store
    .entries()
    .map(({ id, name, servers }) => ({ label: name, description: servers.join(', '), id }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No cluster was added here yet.'));
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which cluster?') }))?.id;
}
