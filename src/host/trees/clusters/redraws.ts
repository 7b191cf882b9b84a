import * as vscode from 'vscode';
import type { ClusterNode } from './cluster-node.js';

/** The editor has what it was given last, and has drawn it. */
const calmAfterMs = 300;

/**
 * Asks the editor to draw rows anew, but never while it is being given the rows below one: a row that is drawn anew in that moment
 * loses what is below it, and stays empty (the editor throws the handles away that it is just about to use).
 */
export class Redraws implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<ClusterNode[] | undefined>();
  readonly event = this.emitter.event;
  private readonly waiting = new Set<ClusterNode>();
  private waitsForAll = false;
  private handingOver = 0;
  private lastHandedOverMs = -calmAfterMs;
  private timer: NodeJS.Timeout | undefined;

  of(node: ClusterNode): void {
    this.waiting.add(node);
    this.fireWhenCalm();
  }

  ofAll(): void {
    this.waitsForAll = true;
    this.fireWhenCalm();
  }

  /** Hands the rows below one over, however long they take to come. */
  async during<Rows>(handOver: () => Promise<Rows>): Promise<Rows> {
    this.handingOver += 1;
    try {
      return await handOver();
    } finally {
      this.handingOver -= 1;
      this.lastHandedOverMs = performance.now();
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.emitter.dispose();
  }

  private fireWhenCalm(): void {
    clearTimeout(this.timer);
    const restMs =
      this.handingOver > 0 ? calmAfterMs : calmAfterMs - (performance.now() - this.lastHandedOverMs);
    if (restMs > 0) this.timer = setTimeout(() => this.fireWhenCalm(), restMs);
    else this.fire();
  }

  private fire(): void {
    const rows = this.waitsForAll ? undefined : [...this.waiting];
    this.waiting.clear();
    this.waitsForAll = false;
    this.emitter.fire(rows);
  }
}
