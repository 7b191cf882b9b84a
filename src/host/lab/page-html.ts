import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LabLanguage } from '../texts.js';

/** Folders that the page may load from: its script and its style sheet, nothing else of the extension. */
export function pageRoots(extension: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist'), vscode.Uri.joinPath(extension, 'media')];
}

/** A tab's icon is an image of its own and cannot take the theme's colour from the page around it. */
export function pageIcon(extension: vscode.Uri): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const icon = (theme: 'light' | 'dark'): vscode.Uri =>
    vscode.Uri.joinPath(extension, 'media', `kafka-lab-${theme}.svg`);
  return { light: icon('light'), dark: icon('dark') };
}

/** The frame of the page; everything visible is built by the script from what the host sends. */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  language: LabLanguage,
  page: 'lab' | 'log' = 'lab',
): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview.js')).toString();
  const styles = ['diagram.css', 'lab.css'].map((file) => styleLink(webview, extension, file));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kafka Lab</title>
${styles.join('\n')}
</head>
<body>
<main id="${page}"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function styleLink(webview: vscode.Webview, extension: vscode.Uri, file: string): string {
  const address = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media', file)).toString();
  return `<link rel="stylesheet" href="${address}">`;
}
