import * as vscode from 'vscode';

/** What the user has set on the view; kept for all windows. */
export interface ViewOptions {
  /** Groups by lag, largest first; everything else is always by name. */
  readonly sortBy: 'name' | 'lag';
  readonly showInternal: boolean;
  /** 0: off. */
  readonly refreshEverySeconds: number;
}

const key = 'kafkaLab.clustersView';
const initial: ViewOptions = { sortBy: 'name', showInternal: false, refreshEverySeconds: 0 };

/** The options and the filter, with the context keys that menus ask. The filter is of this window and of this session only. */
export class ClusterViewOptions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private words = '';

  constructor(private readonly state: vscode.Memento) {
    this.tellMenus();
  }

  get current(): ViewOptions {
    return { ...initial, ...this.state.get<Partial<ViewOptions>>(key, {}) };
  }

  /** In lower case; empty for none. */
  get filter(): string {
    return this.words;
  }

  matches(name: string): boolean {
    return name.toLowerCase().includes(this.words);
  }

  async set(options: Partial<ViewOptions>): Promise<void> {
    await this.state.update(key, { ...this.current, ...options });
    this.tell();
  }

  setFilter(filter: string): void {
    this.words = filter.trim().toLowerCase();
    this.tell();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private tell(): void {
    this.tellMenus();
    this.changed.fire();
  }

  private tellMenus(): void {
    const { sortBy, showInternal } = this.current;
    void vscode.commands.executeCommand('setContext', 'kafkaLab.clusters.sortBy', sortBy);
    void vscode.commands.executeCommand('setContext', 'kafkaLab.clusters.showsInternal', showInternal);
    void vscode.commands.executeCommand('setContext', 'kafkaLab.clusters.isFiltered', this.words !== '');
  }
}
