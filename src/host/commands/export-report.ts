import * as vscode from 'vscode';
import { askedOf } from '../../core/prediction/asked.js';
import { reportContent, type ReportContent } from '../../core/report/content.js';
import { htmlReport } from '../../core/report/html.js';
import { markdownReport } from '../../core/report/markdown.js';
import { translator } from '../../core/text/translate.js';
import type { LabReport } from '../../shared/lab-report.js';
import type { ReportFormat, ReportWish } from '../../shared/messages.js';
import type { LabCatalogue } from '../catalogue.js';
import type { LabPages } from '../lab/lab-pages.js';
import type { Outcomes } from '../outcomes.js';
import type { Predictions } from '../predictions.js';
import { editorBundle, type LabLanguage } from '../texts.js';

export interface ExportReportParts {
  readonly pages: LabPages;
  readonly outcomes: Outcomes;
  readonly predictions: Predictions;
  readonly catalogue: LabCatalogue;
  readonly extension: vscode.Uri;
  readonly language: LabLanguage;
}

/** `Export Report…`: of the scenario on the page, with the learner's own words, to be handed in. */
export async function exportReport(parts: ExportReportParts, asked: unknown): Promise<void> {
  const wish = isWish(asked) ? asked : undefined;
  const scenario = wish?.scenario ?? parts.pages.shownScenario;
  const report = scenario === undefined ? undefined : parts.outcomes.report(scenario);
  if (scenario === undefined || report === undefined) {
    const sentence = vscode.l10n.t(
      'There is nothing to report yet: open the lab page and run a scenario first.',
    );
    void vscode.window.showInformationMessage(sentence);
    return;
  }
  const format = wish?.format ?? (await pickFormat());
  if (format === undefined) return;
  const file = await chooseFile(scenario, format);
  if (file === undefined) return;
  const content = await contentOf(parts, scenario, report, wish?.words ?? '');
  if (format === 'html') await writeHtml(parts, file, content);
  else await writeMarkdown(parts, file, content);
  await offerToOpen(file);
}

function isWish(asked: unknown): asked is ReportWish {
  return typeof asked === 'object' && asked !== null && 'scenario' in asked && 'words' in asked;
}

async function pickFormat(): Promise<ReportFormat | undefined> {
  const picks: readonly (vscode.QuickPickItem & { readonly format: ReportFormat })[] = [
    { label: 'HTML', description: vscode.l10n.t('one file that opens in any browser'), format: 'html' },
    { label: 'Markdown', description: vscode.l10n.t('with its drawings beside it'), format: 'markdown' },
  ];
  return (await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('Which form of report?') }))
    ?.format;
}

async function chooseFile(scenario: string, format: ReportFormat): Promise<vscode.Uri | undefined> {
  const extension = format === 'html' ? 'html' : 'md';
  const name = `${scenario}.report.${extension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save report'),
    defaultUri: folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name),
    filters: format === 'html' ? { HTML: ['html'] } : { Markdown: ['md'] },
  });
}

async function contentOf(
  { catalogue, predictions, language }: ExportReportParts,
  id: string,
  report: LabReport,
  words: string,
): Promise<ReportContent> {
  const { scenario, text, semantics } = await catalogue.card(id);
  const { control, fault, servers, durationMs } = report;
  const broker =
    servers === undefined
      ? vscode.l10n.t('Embedded broker')
      : vscode.l10n.t('Kafka at {servers}', { servers: servers.join(', ') });
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(durationMs / 1000);
  return reportContent({
    ...{ scenario, text, semantics, control, fault, words },
    judgement: report,
    prediction: { asked: askedOf(scenario), ...predictions.get(id) },
    where: `${broker} · ${vscode.l10n.t('{seconds} s', { seconds })}`,
    date: new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date()),
    t: translator(editorBundle()),
  });
}

async function writeHtml(
  { extension, language }: ExportReportParts,
  file: vscode.Uri,
  content: ReportContent,
) {
  const styles = (await Promise.all(['report.css', 'diagram.css'].map((name) => read(extension, name)))).join(
    '\n',
  );
  await write(file, htmlReport(content, { language, styles, t: translator(editorBundle()) }));
}

/** The drawings stand beside the text, under its own name; each brings its colours along. */
async function writeMarkdown({ extension }: ExportReportParts, file: vscode.Uri, content: ReportContent) {
  const style = `<style>${await read(extension, 'report.css')}\n${await read(extension, 'diagram.css')}</style>`;
  const base = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.md$/, '');
  const drawings = [content.run.svg, ...content.logs.map(({ svg }) => svg)];
  const names = drawings.map((_, index) => `${base}.${String(index + 1)}.svg`);
  for (const [index, svg] of drawings.entries())
    await write(vscode.Uri.joinPath(file, '..', names[index] ?? ''), svg.replace('>', `>${style}`));
  await write(file, markdownReport(content, names.map(inMarkdown), translator(editorBundle())));
}

/** `encodeURIComponent` leaves parentheses, which end a link in Markdown. */
function inMarkdown(name: string): string {
  return encodeURIComponent(name).replaceAll('(', '%28').replaceAll(')', '%29');
}

async function read(extension: vscode.Uri, name: string): Promise<string> {
  return new TextDecoder().decode(
    await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'media', name)),
  );
}

async function write(file: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const name = vscode.workspace.asRelativePath(file);
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('The report is saved in {file}.', { file: name }),
    open,
  );
  if (answer !== open) return;
  if (file.path.endsWith('.html')) await vscode.env.openExternal(file);
  else await vscode.commands.executeCommand('markdown.showPreview', file);
}
