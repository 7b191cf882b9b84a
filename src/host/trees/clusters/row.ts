import * as vscode from 'vscode';
import type { ClusterNode } from './cluster-node.js';

export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  /** A theme colour; the icon's shape says the same. */
  readonly colour?: string;
  /** The row as a sentence, for a screen reader. */
  readonly spoken: string;
  /** Paragraphs in Markdown, names escaped by `escaped`. */
  readonly tooltip?: readonly string[];
  readonly context?: string;
  readonly isLeaf?: boolean;
}

export function row(node: ClusterNode, look: Row): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(look.label, look.isLeaf === true ? None : Collapsed);
  item.id = node.id;
  item.contextValue = look.context ?? node.kind;
  item.iconPath = new vscode.ThemeIcon(
    look.icon,
    look.colour === undefined ? undefined : new vscode.ThemeColor(look.colour),
  );
  if (look.description !== undefined) item.description = look.description;
  item.tooltip = new vscode.MarkdownString((look.tooltip ?? [look.spoken]).join('\n\n'));
  item.accessibilityInformation = { label: look.spoken };
  return item;
}

/** A name from a cluster is not Markdown of ours. */
export function escaped(name: string): string {
  return name.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&');
}

/** Two columns without a heading, as Markdown wants them. */
export function tableOf(cells: readonly (readonly [string, string])[]): string {
  return ['| | |', '|-|-|', ...cells.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}
