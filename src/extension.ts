import * as vscode from 'vscode';
import { BrokerChoices } from './host/broker-choice.js';
import { BrokerConsent } from './host/broker-consent.js';
import { watchFirstSteps } from './host/first-steps.js';
import { LabCatalogue } from './host/catalogue.js';
import { commands, registerCommands } from './host/commands/commands.js';
import { chooseBroker } from './host/commands/choose-broker.js';
import { addCluster } from './host/commands/clusters/connections.js';
import { clusterCommands } from './host/commands/clusters/cluster-commands.js';
import { UndoResets } from './host/commands/clusters/undo-resets.js';
import { offerLeftovers } from './host/commands/leftovers.js';
import { ClusterStore } from './host/clusters/cluster-store.js';
import { EmbeddedCluster } from './host/clusters/embedded-cluster.js';
import { KnownClusters } from './host/clusters/known-clusters.js';
import { OpenClusters } from './host/clusters/open-clusters.js';
import { SettingsCluster } from './host/clusters/settings-cluster.js';
import { LabPages, pageViewType } from './host/lab/lab-pages.js';
import { LogPages, logViewType } from './host/log/log-pages.js';
import { OpenRuns, processExists } from './host/open-runs.js';
import { Outcomes } from './host/outcomes.js';
import { Predictions } from './host/predictions.js';
import { Runs } from './host/runs.js';
import { Session } from './host/session.js';
import { OverridingSnippets } from './host/snippets/overriding-snippets.js';
import { SnippetPreview } from './host/snippets/snippet-preview.js';
import { SnippetStore } from './host/snippets/snippet-store.js';
import { RunningStatus } from './host/status-bar.js';
import { LessonTexts, labLanguage } from './host/texts.js';
import { ClustersTree } from './host/trees/clusters/clusters-tree.js';
import { ClustersView } from './host/trees/clusters/clusters-view.js';
import { ClusterViewOptions } from './host/trees/clusters/view-options.js';
import { SemanticsTree } from './host/trees/semantics-tree.js';

/** What other extensions and the tests may use: the view's content and the end of what is running. */
export interface LabApi {
  readonly tree: SemanticsTree;
  readonly clusters: ClustersTree;
  readonly outcomes: Outcomes;
}

let ending: (() => Promise<void>) | undefined;

/** The composition root: builds the parts and registers them. It loads no Kafka client and touches no network. */
export function activate(context: vscode.ExtensionContext): LabApi {
  const extension = context.extensionUri;
  const log = vscode.window.createOutputChannel('Kafka Lab', { log: true });
  const workers = { actor: programOf(extension, 'actor.js'), broker: programOf(extension, 'broker.js') };
  const language = labLanguage();
  const catalogue = new LabCatalogue(new LessonTexts(extension, language));
  const outcomes = new Outcomes(context.globalStorageUri, versionOf(context), log);
  const openRuns = openRunsIn(context.globalStorageUri);
  const embedded = new EmbeddedCluster(workers.broker, context.globalState, log);
  const ofSettings = new SettingsCluster();
  const store = new ClusterStore(context.globalState, context.secrets);
  const known = new KnownClusters([embedded, ofSettings, store]);
  const choices = new BrokerChoices(context.globalState, known);
  const open = new OpenClusters(known, log);
  const options = new ClusterViewOptions(context.globalState);
  const clusters = new ClustersTree({ known, open, options, isPinned: () => embedded.isPinned, log });
  const logs = new LogPages({ extension, language, open, log });
  const runs = new Runs({ workers, embedded, known, outcomes, openRuns, log });
  const consent = new BrokerConsent(context.globalState);
  const predictions = new Predictions(context.globalState, outcomes);
  const snippets = new SnippetStore(extension);
  const preview = new SnippetPreview();
  const pages = new LabPages({ extension, language, catalogue, runs, outcomes, predictions, snippets, log });
  const choosing = { known, choices, consent, addCluster: () => addCluster({ known, store, log }) };
  const chooseOne = (): Promise<boolean> => chooseBroker(choosing);
  const session = new Session({ runs, choices, consent, chooseBroker: chooseOne, pages, log });
  const tree = new SemanticsTree(catalogue, runs, outcomes);

  context.subscriptions.push(
    predictions,
    watchFirstSteps(outcomes, predictions),
    pages,
    tree,
    new RunningStatus(runs),
    vscode.window.registerTreeDataProvider('kafkaLab.semantics', tree),
    ...[logs, preview, clusters, options, ofSettings, store],
    new OverridingSnippets(snippets),
    vscode.window.registerWebviewPanelSerializer(pageViewType, pages),
    vscode.window.registerWebviewPanelSerializer(logViewType, logs),
    new ClustersView({ tree: clusters, options, open }),
    registerCommands(
      {
        ...commands({
          ...{ ...choosing, catalogue, outcomes, session, runs, pages, openRuns, workers, snippets },
          ...{ preview, log, predictions, extension, language },
        }),
        ...clusterCommands({
          ...{ known, open, embedded, options, store, logs, log },
          ...{ tree: clusters, undo: new UndoResets() },
        }),
      },
      log,
    ),
  );
  void offerLeftovers({ openRuns, known, choices, workers, log });
  // The editor disposes the subscriptions at once and waits only for `deactivate`: what a run needs to end in good order
  // is not among them.
  ending = async () => {
    await runs.stop();
    await outcomes.settled();
    await open.closeAll();
    await embedded.stop();
    for (const part of [runs, embedded, outcomes, log]) part.dispose();
  };
  return { tree, clusters, outcomes };
}

/** A window that is closed in the middle of a run stops it, so that its topics and groups are removed. */
export async function deactivate(): Promise<void> {
  await ending?.();
}

function openRunsIn(storage: vscode.Uri): OpenRuns {
  return new OpenRuns(vscode.Uri.joinPath(storage, 'open-runs').fsPath, process.pid, processExists);
}

function programOf(extension: vscode.Uri, name: string): string {
  return vscode.Uri.joinPath(extension, 'dist', name).fsPath;
}

function versionOf(context: vscode.ExtensionContext): string {
  const { version } = context.extension.packageJSON as { version: string };
  return version;
}
