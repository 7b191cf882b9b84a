import { assertNever } from '../../core/assert-never.js';
import { isViolation } from '../../core/history/verdict.js';
import { capital } from '../../core/text/steps/process-name.js';
import type { Translate } from '../../core/text/translate.js';
import { verdictSentence } from '../../core/text/verdict-sentence.js';
import { standingOf } from '../../shared/lab-report.js';
import type { LabReport, ScenarioCard, Standing } from '../../shared/lab-report.js';
import { runStages } from '../../shared/page.js';
import type { PageRun, RunStage } from '../../shared/page.js';
import { button } from '../components.js';
import { h } from '../dom.js';
import type { Child } from '../dom.js';
import { seconds } from '../ui.js';
import type { Ui } from '../ui.js';
import { standingName, standingSign } from './standing.js';

/** The question, and what strikes: it stands there before the run and after it. */
export function asked({ text }: ScenarioCard, { t }: Ui): HTMLElement {
  return h(
    'div',
    { class: 'asked' },
    h('p', { class: 'question' }, text.question),
    h(
      'p',
      { class: 'strikes' },
      h('span', { class: 'sign fault', 'aria-hidden': 'true' }, '⚡'),
      `${t('What strikes:')} `,
      h('b', {}, text.strikes),
    ),
  );
}

/** How the run goes, and the answer as soon as there is one; it stands in a live region and is announced. */
export function answer(run: PageRun, card: ScenarioCard, ui: Ui): HTMLElement {
  return h('div', { class: `answer ${toneOf(run)}` }, answerContent(run, card, ui));
}

/** The bar at its side: what was found, unless that was not what the catalogue foresees. */
function toneOf(run: PageRun): string {
  if (run.kind !== 'done') return run.kind;
  const standing = standingOf(run.report);
  if (standing !== 'as-expected') return standing;
  return run.report.fault.verdict.anomalies.some(isViolation) ? 'violated' : 'held';
}

function answerContent(run: PageRun, card: ScenarioCard, ui: Ui): readonly Child[] {
  const { t } = ui;
  switch (run.kind) {
    case 'none':
      return [h('p', { class: 'lead' }, t('Not run yet.'))];
    case 'running':
      return [h('p', { class: 'lead' }, stageSentence(run.stage, t)), stages(run.stage, t)];
    case 'stopped':
      return [h('p', { class: 'lead' }, t('The run was stopped. Its topics and groups are removed.'))];
    case 'interrupted':
      return [
        h(
          'p',
          { class: 'lead' },
          t('The window was closed or reloaded in the middle of the run: it was interrupted.'),
        ),
        h('p', { class: 'dim' }, t('Nothing can be said about it. Run it again.')),
      ];
    case 'failed':
      return [
        h('p', { class: 'lead' }, run.sentence),
        button({ label: t('Show Log'), focus: 'log', onPress: () => ui.post({ type: 'show-log' }) }),
      ];
    case 'done':
      return found(run.report, card, ui);
    default:
      return assertNever(run);
  }
}

function found(report: LabReport, { scenario, text }: ScenarioCard, ui: Ui): readonly Child[] {
  const { t } = ui;
  const standing = standingOf(report);
  const sentence = verdictSentence(report.fault.verdict, scenario.layer, t);
  return [
    h('p', { class: 'verdict' }, headline(standing, sentence, t)),
    h(
      'p',
      { class: 'standing' },
      h('span', {}, standingSign(standing), standingName(standing, t)),
      h('span', { class: 'dim' }, controlSentence(report, t)),
      standing === 'as-expected' &&
        h('span', { class: 'dim' }, t('refuted: {belief}', { belief: text.misconception })),
      h('span', { class: 'dim where' }, whereAndWhen(report, ui)),
    ),
  ];
}

function whereAndWhen({ servers, durationMs }: LabReport, ui: Ui): string {
  const { t } = ui;
  const broker =
    servers === undefined ? t('Embedded broker') : t('Kafka at {servers}', { servers: servers.join(', ') });
  return `${broker} · ${seconds(durationMs, ui)}`;
}

function headline(standing: Standing, sentence: string, t: Translate): string {
  return standing === 'inconclusive' ? t('Inconclusive: this run proves nothing') : capital(sentence);
}

function controlSentence({ control }: LabReport, t: Translate): string {
  const violations = control.verdict.anomalies.filter(isViolation);
  return violations.length === 0
    ? t('control run without the fault: clean')
    : t('control run without the fault: not clean');
}

function stageSentence(stage: RunStage, t: Translate): string {
  switch (stage) {
    case 'preparing':
      return t('Preparing: a broker, topics and a group of its own…');
    case 'control':
      return t('Control run: the same without the fault…');
    case 'fault':
      return t('Now with the fault…');
    case 'reading':
      return t('A fresh reader reads the log to its end, in both isolation levels…');
    case 'cleaning-up':
      return t('Removing the topics and groups of this run…');
    default:
      return assertNever(stage);
  }
}

/** Five marks, of which the reached ones are filled; the sentence above says the same in words. */
function stages(stage: RunStage, t: Translate): HTMLElement {
  const reached = runStages.indexOf(stage);
  const marks = runStages.map((_, index) => h('i', { class: index <= reached ? 'reached' : 'ahead' }));
  return h(
    'div',
    {
      class: 'stages',
      role: 'progressbar',
      'aria-label': t('Progress of the run'),
      'aria-valuemin': 1,
      'aria-valuemax': runStages.length,
      'aria-valuenow': reached + 1,
    },
    marks,
  );
}
