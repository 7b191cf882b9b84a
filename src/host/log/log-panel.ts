import * as vscode from 'vscode';
import { assertNever } from '../../core/assert-never.js';
import { isToldError, ToldError } from '../../core/told-error.js';
import type { LogPosition } from '../../core/log/log.js';
import type {
  AskedPosition,
  FromLogPage,
  GroupPointer,
  KeptLogPage,
  LogPage,
  ShownLog,
  ToLogPage,
} from '../../shared/log-page.js';
import type { OpenClusters } from '../clusters/open-clusters.js';
import { pageHtml, pageIcon, pageRoots } from '../lab/page-html.js';
import { sentenceOf } from '../say.js';
import { editorBundle } from '../texts.js';
import type { LabLanguage } from '../texts.js';
import { timeOf } from '../time-of.js';
import { shownLog } from './log-content.js';

export interface LogPanelParts {
  readonly extension: vscode.Uri;
  readonly language: LabLanguage;
  readonly open: OpenClusters;
  readonly log: vscode.LogOutputChannel;
}

const tailCount = 100;
const maxBytes = 256 * 1024;

/** One partition's log in a panel. It sends the whole page at every change. */
export class LogPanel implements vscode.Disposable {
  private readonly subscriptions: readonly vscode.Disposable[];
  private shown: ShownLog | undefined;
  private groups: readonly GroupPointer[] = [];
  private shownGroups: readonly string[];
  private from: AskedPosition;
  private problem: string | undefined;
  /** Counts the readings that were asked for, so that a slow one never overtakes a newer one. */
  private turn = 0;
  private isReading = false;

  constructor(
    private readonly parts: LogPanelParts,
    private readonly panel: vscode.WebviewPanel,
    readonly kept: KeptLogPage,
  ) {
    this.from = kept.from;
    this.shownGroups = kept.shownGroups;
    panel.webview.options = { enableScripts: true, localResourceRoots: [...pageRoots(parts.extension)] };
    panel.iconPath = pageIcon(parts.extension);
    this.subscriptions = [panel.webview.onDidReceiveMessage((message: FromLogPage) => this.receive(message))];
    panel.webview.html = pageHtml(panel.webview, parts.extension, parts.language, 'log');
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private receive(message: FromLogPage): void {
    switch (message.type) {
      case 'ready':
        this.post({ type: 'strings', language: this.parts.language, bundle: editorBundle() });
        // A page that was hidden and is shown again has its log still.
        if (this.shown === undefined) void this.read(this.from);
        else this.send();
        return;
      case 'read':
        void this.read(message.from);
        return;
      case 'show-groups':
        this.shownGroups = message.groups;
        this.send();
        return;
      default:
        assertNever(message);
    }
  }

  private async read(from: AskedPosition): Promise<void> {
    const turn = (this.turn += 1);
    this.from = from;
    this.isReading = true;
    this.send();
    const problem = await this.attempt(from, () => turn === this.turn);
    if (turn !== this.turn) return;
    this.problem = problem;
    this.isReading = false;
    this.send();
  }

  /** @returns what went wrong, in one sentence */
  private async attempt(from: AskedPosition, isNewest: () => boolean): Promise<string | undefined> {
    const { clusterId, topic, partition } = this.kept.place;
    try {
      const position = positionOf(from);
      const cluster = await this.parts.open.get(clusterId);
      const reading = await cluster.readLog({ topic, partition, from: position, maxBytes });
      if (!isNewest()) return undefined;
      this.shown = shownLog(reading);
      this.isReading = false;
      // The groups are not waited for: they take more requests than the log.
      this.send();
      const { groups } = await cluster.groups();
      if (isNewest())
        this.groups = groups.flatMap(({ groupId, rows }) => pointerOf(groupId, rows, topic, partition));
      return undefined;
    } catch (error) {
      if (!isToldError(error)) this.parts.log.warn(error instanceof Error ? error.message : String(error));
      return sentenceOf(error);
    }
  }

  private send(): void {
    const page: LogPage = {
      place: this.kept.place,
      from: this.from,
      isReading: this.isReading,
      ...(this.problem !== undefined && !this.isReading && { problem: this.problem }),
      ...(this.shown && { log: this.shown }),
      groups: this.groups,
      shownGroups: this.shownGroups,
    };
    this.post({ type: 'log', page });
  }

  private post(message: ToLogPage): void {
    void this.panel.webview.postMessage(message);
  }
}

type Rows = Awaited<ReturnType<Awaited<ReturnType<OpenClusters['get']>>['groups']>>['groups'][number]['rows'];

function pointerOf(group: string, rows: Rows, topic: string, partition: number): readonly GroupPointer[] {
  const row = rows.find((one) => one.topic === topic && one.partition === partition);
  return row?.committed.kind === 'offset' ? [{ group, offset: String(row.committed.offset) }] : [];
}

/** @throws ToldError for text that says neither an offset nor a time */
function positionOf(from: AskedPosition): LogPosition {
  switch (from.kind) {
    case 'tail':
      return { kind: 'tail', count: tailCount };
    case 'offset': {
      if (/^\d{1,18}$/.test(from.text.trim())) return { kind: 'offset', offset: BigInt(from.text.trim()) };
      throw new ToldError(vscode.l10n.t('Write an offset: a whole number from 0 on.'));
    }
    case 'time': {
      const atMs = timeOf(from.text);
      if (atMs !== undefined) return { kind: 'time', atMs };
      throw new ToldError(
        vscode.l10n.t('Write a date and time, for example 2026-11-27 14:30 or 2026-11-27T14:30Z.'),
      );
    }
  }
}
