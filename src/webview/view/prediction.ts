import { askedSentence, comparedSentence, timesWord } from '../../core/text/prediction-sentence.js';
import type { ScenarioCard } from '../../shared/lab-report.js';
import type { PagePrediction, PageRun } from '../../shared/page.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** Before the run: the question, with the answers to choose from. After it: what was said beside what was shown. */
export function prediction(
  predicted: PagePrediction,
  run: PageRun,
  card: ScenarioCard,
  ui: Ui,
): HTMLElement | undefined {
  if (run.kind === 'running') return undefined;
  return run.kind === 'done' ? compared(predicted, card, ui) : question(predicted, card, ui);
}

const answers = [0, 1, 2];

function question({ asked, said }: PagePrediction, { scenario }: ScenarioCard, ui: Ui): HTMLElement {
  const { t, post } = ui;
  const choices = answers.map((times) =>
    h(
      'button',
      {
        class: 'choice',
        type: 'button',
        role: 'radio',
        'aria-checked': String(times === said),
        'data-focus': `predict-${times}`,
        onclick: () => post({ type: 'predict', scenario: scenario.id, said: times }),
      },
      timesWord(times, t),
    ),
  );
  return h(
    'section',
    { class: 'prediction', 'aria-labelledby': 'prediction-question' },
    h('p', { id: 'prediction-question' }, askedSentence(asked, t)),
    h('div', { class: 'row', role: 'radiogroup', 'aria-labelledby': 'prediction-question' }, choices),
    h(
      'p',
      { class: 'dim' },
      said === undefined
        ? t('Choose an answer, then run it. Or run it without one.')
        : t('You said: {said}. Now run it.', { said: timesWord(said, t) }),
    ),
  );
}

function compared(
  { said, found }: PagePrediction,
  { scenario, text }: ScenarioCard,
  { t, post }: Ui,
): HTMLElement {
  const isRight = said === found;
  const isAnswered = said !== undefined && found !== undefined;
  return h(
    'section',
    { class: `prediction ${isAnswered ? (isRight ? 'right' : 'wrong') : 'open'}` },
    isAnswered &&
      h(
        'p',
        { class: 'said' },
        h('span', { class: 'sign', 'aria-hidden': 'true' }, isRight ? '✓' : '✗'),
        comparedSentence(said, found, t),
      ),
    isAnswered && !isRight && h('p', {}, t('What misleads here: {belief}', { belief: text.misconception })),
    h(
      'button',
      {
        class: 'link',
        type: 'button',
        'data-focus': 'ask-again',
        onclick: () => post({ type: 'ask-again', scenario: scenario.id }),
      },
      t('Ask me again'),
    ),
  );
}
