import { readFile } from 'node:fs/promises';
import { parseFaultFile, type FaultFileProblem } from '../broker/fault-file.js';
import type { FaultRule, FaultRuleEvent } from '../broker/fault-rule.js';
import { registeredApis } from '../broker/registry.js';
import type { FaultSite } from '../broker/requests/handler.js';
import { faultRuleSentence } from '../core/text/fault-rule-sentence.js';
import type { Translate } from '../core/text/translate.js';
import { fileProblem } from './file-problem.js';
import { CliError } from './cli-error.js';

/**
 * The rules of a file, checked against a broker with so many nodes before anything starts.
 * @throws CliError (exit 2): one sentence with file, rule and field.
 */
export async function readFaultFile(
  file: string | undefined,
  nodes: number,
  t: Translate,
): Promise<readonly FaultRule[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = fileProblem(error, t);
    throw new CliError(t('The fault rules {file} cannot be read: {reason}.', { file, reason }));
  });
  const nodeIds = Array.from({ length: nodes }, (_, index) => index + 1);
  const parsed = parseFaultFile(text, { nodeIds, apis: registeredApis });
  if (parsed.ok) return parsed.rules;
  throw new CliError(problemSentence(file, parsed.problem, t));
}

function problemSentence(file: string, problem: FaultFileProblem, t: Translate): string {
  switch (problem.reason) {
    case 'not-json':
      return t('{file} is not JSON: {message}', { file, message: problem.message });
    case 'no-list':
      return t('{file} must hold a list of fault rules, or an object with “rules”.', { file });
    case 'unknown-field':
      return t('{file}: “{field}” is no field beside “rules”.', { file, field: problem.field });
    case 'rule':
      return t('{file}, rule {rule}: {problem}.', {
        file,
        rule: problem.rule,
        problem: faultRuleSentence(problem.problem, t),
      });
  }
}

/** One line when a rule is armed and one at each firing; what protocol and file call a thing is the same in all languages. */
export function faultLine(event: FaultRuleEvent, t: Translate): string {
  const { rule, action, phase, api, site = {}, acted } = event;
  const where = [phase, api, siteName(site)].filter((word) => word !== undefined && word !== '').join(' · ');
  if (event.event === 'armed') return t('fault {rule} armed: {action} · {where}', { rule, action, where });
  return acted === false
    ? t('fault {rule} struck but found nothing to act on: {action} · {where}', { rule, action, where })
    : t('fault {rule} struck: {action} · {where}', { rule, action, where });
}

function siteName({ topic, partition, group, transactionalId }: FaultSite): string {
  const place = partition === undefined ? topic : `${topic ?? ''}/${partition}`;
  return [place, group, transactionalId].filter((word) => word !== undefined).join(' · ');
}
