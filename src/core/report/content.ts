import type { Difference, Judgement, Phase } from '../history/judge.js';
import { isViolation, type Anomaly } from '../history/verdict.js';
import type { Asked } from '../prediction/asked.js';
import type { Scenario } from '../scenario/scenario.js';
import { anomalySentence } from '../text/anomaly-sentence.js';
import { differenceSentence } from '../text/difference-sentence.js';
import { doubtSentence } from '../text/doubt-sentence.js';
import { guaranteeOf, type ScenarioText, type SemanticsText } from '../text/lessons.js';
import { countName, layerName } from '../text/names.js';
import { askedSentence, comparedSentence } from '../text/prediction-sentence.js';
import { programsOf, struckSettings } from '../text/settings-words.js';
import { stepSentence } from '../text/steps/step-sentence.js';
import { capital } from '../text/steps/process-name.js';
import type { Translate } from '../text/translate.js';
import { verdictSentence } from '../text/verdict-sentence.js';
import { readTimeline } from '../timeline/timeline.js';
import { knowledgeLines } from './knowledge-lines.js';
import { logPictures, runPicture } from './pictures.js';

/** What a run and its learner have, to be made into a report that can be handed in. */
export interface ReportRequest {
  readonly scenario: Scenario;
  readonly text: ScenarioText;
  readonly semantics: SemanticsText;
  readonly control: Phase;
  readonly fault: Phase;
  readonly judgement: Judgement;
  readonly prediction: { readonly asked: Asked; readonly said?: number; readonly found?: number };
  /** "Embedded broker · 0.41 s" */
  readonly where: string;
  /** Day of the report in the learner's notation. */
  readonly date: string;
  /** In the learner's own words; empty: there is only the place for them. */
  readonly words: string;
  readonly t: Translate;
}

/** A report as plain data: the same for every form in which it is written. */
export interface ReportContent {
  readonly title: string;
  readonly crumb: string;
  readonly where: string;
  readonly question: string;
  readonly strikes: string;
  readonly settings: readonly string[];
  readonly prediction: readonly string[];
  readonly verdict: string;
  readonly standing: readonly string[];
  /** Heads, then rows. */
  readonly layers: Table;
  readonly counts: Table;
  readonly anomalies: readonly string[];
  /** The diagram at the strike, with what happens there. */
  readonly run: { readonly svg: string; readonly sentence: string };
  readonly knows: { readonly title: string; readonly lines: readonly string[] };
  readonly truth: readonly string[];
  readonly trueInTheEnd: readonly string[];
  readonly logs: readonly { readonly title: string; readonly svg: string }[];
  readonly guarantees: readonly string[];
  readonly why: string;
  readonly sources: readonly string[];
  readonly words: string;
}

export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function reportContent(request: ReportRequest): ReportContent {
  const { scenario, text, semantics, fault, words, t } = request;
  const timeline = readTimeline(fault.history, fault.verdict);
  const at = timeline.jumps.fault ?? timeline.steps.length - 1;
  const struck = timeline.steps[at];
  return {
    title: text.title,
    crumb: semantics.title,
    where: `${request.where} · ${request.date}`,
    question: text.question,
    strikes: text.strikes,
    settings: settingsOf(scenario, t),
    prediction: predictionLines(request),
    verdict: verdictLine(request),
    standing: standingLines(request),
    layers: layerTable(fault, t),
    counts: countTable(request),
    anomalies: fault.verdict.anomalies.filter(({ count }) => count > 0).map((one) => anomalyLine(one, t)),
    run: { svg: runPicture(timeline, at, t), sentence: struck === undefined ? '' : stepSentence(struck, t) },
    ...knowledgeLines(timeline, at, t),
    trueInTheEnd: knowledgeLines(timeline, timeline.steps.length - 1, t).truth,
    logs: logPictures(timeline, fault.verdict.anomalies, t),
    guarantees: Object.values(guaranteeOf(text, semantics)),
    why: text.why,
    sources: text.sources,
    words,
  };
}

function settingsOf(scenario: Scenario, t: Translate): readonly string[] {
  const programs = programsOf(scenario);
  return [
    ...struckSettings(scenario).map(([name, value]) => `${name}=${value}`),
    ...programs.map(
      ({ name, steps }) => `${t('{name}:', { name: programs.length > 1 ? name : t('steps') })} ${steps}`,
    ),
  ];
}

function predictionLines({ prediction, text, t }: ReportRequest): readonly string[] {
  const { asked, said, found } = prediction;
  if (said === undefined || found === undefined)
    return [askedSentence(asked, t), t('No prediction was made.')];
  const misled = said === found ? [] : [t('What misleads here: {belief}', { belief: text.misconception })];
  return [askedSentence(asked, t), comparedSentence(said, found, t), ...misled];
}

function verdictLine({ judgement, fault, scenario, t }: ReportRequest): string {
  return judgement.conclusive
    ? capital(verdictSentence(fault.verdict, scenario.layer, t))
    : t('Inconclusive: this run proves nothing');
}

function standingLines({ judgement, control, t }: ReportRequest): readonly string[] {
  const { conclusive, asExpected, inconclusiveBecause, differences } = judgement;
  const isClean = !control.verdict.anomalies.some(isViolation);
  return [
    isClean ? t('control run without the fault: clean') : t('control run without the fault: not clean'),
    ...(conclusive && asExpected ? [t('as expected')] : []),
    ...inconclusiveBecause.map((doubt) => doubtSentence(doubt, t)),
    ...differences.map((difference: Difference) => differenceSentence(difference, t)),
  ];
}

function layerTable({ verdict }: Phase, t: Translate): Table {
  const held = (yes: boolean) => (yes ? `✓ ${t('held')}` : `✗ ${t('violated')}`);
  return {
    heads: [
      ...[t('layer'), t('went in'), t('found'), t('lost'), t('doubled')],
      ...[t('at most once'), t('at least once')],
    ],
    rows: verdict.layers.map(({ layer, entered, found, lost, duplicated, atMostOnce, atLeastOnce }) => [
      ...[layerName(layer, t), String(entered), String(found), String(lost), String(duplicated)],
      ...[held(atMostOnce), held(atLeastOnce)],
    ]),
  };
}

const counted = [
  ...(['sent', 'ok', 'failed', 'unknown', 'readUncommitted', 'readCommitted', 'endOffset'] as const),
  ...(['lastStableOffset', 'deduplicated', 'deliveries', 'effects', 'lost', 'duplicates'] as const),
];

/** Counts that are zero in both runs say nothing, but for the two that the whole is about. */
function countTable({ control, fault, t }: ReportRequest): Table {
  const before = control.verdict.counts;
  const after = fault.verdict.counts;
  const shown = counted.filter(
    (name) => name === 'lost' || name === 'duplicates' || before[name] !== 0 || after[name] !== 0,
  );
  return {
    heads: [t('count'), t('control'), t('fault'), t('difference')],
    rows: shown.map((name) => {
      const difference = after[name] - before[name];
      const sign = difference > 0 ? '+' : '−';
      const told = difference === 0 ? '=' : `${sign}${String(Math.abs(difference))}`;
      return [countName(name, t), String(before[name]), String(after[name]), told];
    }),
  };
}

function anomalyLine(anomaly: Anomaly, t: Translate): string {
  const sentence = anomalySentence(anomaly, t);
  return anomaly.informational ? `${sentence} ${t('Kafka allows this; no guarantee is broken.')}` : sentence;
}
