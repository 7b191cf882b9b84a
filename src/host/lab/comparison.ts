import * as vscode from 'vscode';
import type { LabReport } from '../../shared/lab-report.js';
import type { Comparable, Page } from '../../shared/page.js';
import type { LabCatalogue } from '../catalogue.js';
import type { Outcomes } from '../outcomes.js';

interface Sources {
  readonly catalogue: LabCatalogue;
  readonly outcomes: Outcomes;
}

const controlKey = 'control';
const elsewhereKey = 'elsewhere';

/** What the last run of a scenario can be laid beside, and the one that was chosen. Nothing before the first run. */
export async function comparison(
  sources: Sources,
  scenario: string,
  key: string | undefined,
): Promise<Pick<Page, 'comparable' | 'compared'>> {
  const { outcomes, catalogue } = sources;
  const report = outcomes.report(scenario);
  if (report === undefined) return {};
  await outcomes.restore(catalogue.ids());
  const comparable = await comparableWith(sources, scenario);
  const chosen = comparable.find((one) => one.key === key);
  const from = chosen === undefined ? undefined : reportOf(sources, scenario, report, chosen.key);
  if (chosen === undefined || from === undefined) return { comparable };
  const phase = chosen.key === controlKey ? from.control : from.fault;
  return { comparable, compared: { ...chosen, phase, report: from.id } };
}

async function comparableWith(
  { catalogue, outcomes }: Sources,
  scenario: string,
): Promise<readonly Comparable[]> {
  const elsewhere = outcomes.reportElsewhere(scenario);
  const others = catalogue.ids().filter((id) => id !== scenario && outcomes.report(id) !== undefined);
  const cards = await Promise.all(others.map((id) => catalogue.card(id)));
  return [
    { key: controlKey, label: vscode.l10n.t('the control run, without the fault') },
    ...(elsewhere === undefined ? [] : [{ key: elsewhereKey, label: brokerLabel(elsewhere) }]),
    ...cards.map((card) => ({ key: card.scenario.id, label: card.text.title })),
  ];
}

function brokerLabel({ servers }: LabReport): string {
  return servers === undefined
    ? vscode.l10n.t('the same on the embedded broker')
    : vscode.l10n.t('the same on {servers}', { servers: servers.join(', ') });
}

function reportOf(
  { outcomes }: Sources,
  scenario: string,
  report: LabReport,
  key: string,
): LabReport | undefined {
  if (key === controlKey) return report;
  return key === elsewhereKey ? outcomes.reportElsewhere(scenario) : outcomes.report(key);
}
