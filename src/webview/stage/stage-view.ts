import { diagramWords } from '../../core/text/steps/diagram-words.js';
import { focusOf } from '../../core/timeline/focus.js';
import { readTimeline, type Timeline } from '../../core/timeline/timeline.js';
import type { Words } from '../../core/timeline/words.js';
import type { LabPhase } from '../../shared/lab-report.js';
import type { PageView, PlaySpeed } from '../../shared/page.js';
import { button } from '../components.js';
import { h } from '../dom.js';
import { focusOn, type Parts } from '../parts.js';
import type { Phases } from '../phases.js';
import type { State } from '../state.js';
import type { Ui } from '../ui.js';
import { isCalm } from '../calm.js';
import { lookAt, phaseChoice, stageControls } from './controls.js';
import { bringIntoView, diagram } from './diagram.js';
import { knowledgePanel } from './knowledge.js';
import { explainWords, wordsFrame } from './glossary.js';
import { effectLedger } from './ledger.js';
import { logStrips } from './log-strips.js';
import { momentOf, stageModel, type StageModel } from './model.js';
import { sayStep } from './say.js';

interface Read {
  readonly of: LabPhase;
  readonly ui: Ui;
  readonly timeline: Timeline;
  readonly words: Words;
}

const msByStep: Readonly<Record<PlaySpeed, number>> = { slow: 2400, normal: 1200, fast: 400 };

/** The run as something to walk through: controls, what happens, the diagram, and what was true at that step. */
export class StageView {
  readonly element: HTMLElement;
  private readonly frame = makeFrame();
  private read: Read | undefined;
  private model: StageModel | undefined;
  private ui: Ui | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: Parts) {
    const { heading, controls, scrub, say, drawing, side } = this.frame;
    this.element = h(
      'section',
      { class: 'stage', 'aria-labelledby': 'stage-heading' },
      heading,
      h('div', { class: 'row stage-controls' }, controls, scrub),
      say,
      h('div', { class: 'stage-grid' }, drawing, side),
    );
    scrub.addEventListener('input', () => this.step(Number(scrub.value)));
    drawing.addEventListener('click', (event) => this.pressed(event));
    drawing.addEventListener('keydown', (event) => this.keyed(event));
  }

  render(phases: Phases | undefined, { view, playing }: State, ui: Ui): void {
    clearTimeout(this.timer);
    this.ui = ui;
    this.model = phases === undefined ? undefined : this.modelOf(phases, view, ui);
    this.element.hidden = this.model === undefined;
    if (this.model === undefined || phases === undefined) return;
    const phase = phases[view.phase];
    this.renderHeading(phases, view, ui);
    this.renderControls(this.model, view, playing, ui);
    this.renderScene(this.model, view, phase, ui);
    if (playing) this.timer = setTimeout(() => this.playOn(), msByStep[view.speed]);
  }

  /** Brings the stage into view and gives the diagram the focus: whoever pressed a witness goes on from there. */
  show(): void {
    this.element.scrollIntoView({ block: 'start', behavior: isCalm() ? 'instant' : 'smooth' });
    this.frame.drawing.focus({ preventScroll: true });
  }

  /** Read once a history and not at every step. Both runs are looked at for the messages that the fault's is about. */
  private readOnce(phases: Phases, name: PageView['phase'], ui: Ui): Read {
    const of = phases[name];
    if (this.read?.of !== of || this.read.ui !== ui) {
      const focus = focusOf(phases.fault.history, phases.fault.verdict);
      const timeline = readTimeline(of.history, of.verdict, focus);
      this.read = { of, ui, timeline, words: diagramWords(timeline, ui.t) };
    }
    return this.read;
  }

  private modelOf(phases: Phases, view: PageView, ui: Ui): StageModel | undefined {
    const { timeline, words } = this.readOnce(phases, view.phase, ui);
    return stageModel(timeline, words, view);
  }

  /** Of a history that was opened there is no other run. */
  private renderHeading(phases: Phases, view: PageView, ui: Ui): void {
    const { parts, frame } = this;
    parts.update(frame.heading, [phases.control === phases.fault, view.phase, ui], () => [
      h('h2', { id: 'stage-heading' }, ui.t('What happened, step by step')),
      phases.control !== phases.fault && phaseChoice(view, ui),
    ]);
  }

  private renderControls(model: StageModel, view: PageView, playing: boolean, ui: Ui): void {
    const { parts, frame } = this;
    const { timeline, stop, stops } = model;
    const shown = [timeline, stop, stops.length, view.speed, playing, ui];
    parts.update(frame.controls, shown, () => stageControls(model, view, playing, ui));
    const { scrub } = frame;
    scrub.max = String(stops.length - 1);
    scrub.value = String(stop);
    scrub.setAttribute('aria-label', ui.t('Step'));
    scrub.setAttribute('aria-valuetext', ui.t('step {at} of {count}', { at: stop + 1, count: stops.length }));
  }

  private renderScene(model: StageModel, view: PageView, phase: LabPhase, ui: Ui): void {
    const { parts, frame } = this;
    const { anomalies } = phase.verdict;
    const place = [model.timeline, model.moment, model.current, view.opened, ui];
    parts.update(frame.say, place, () => [h('p', {}, sayStep(model, ui.t)), foldButton(model, view, ui)]);
    parts.update(frame.drawing, place, () => diagram(model, ui));
    frame.drawing.setAttribute(
      'aria-label',
      ui.t('Sequence diagram; left and right arrow keys step through it'),
    );
    bringIntoView(frame.drawing, isCalm());
    const [knowledge, logs, terms, ledger] = frame.side.children;
    if (knowledge === undefined || logs === undefined || terms === undefined || ledger === undefined) return;
    parts.update(knowledge, place, () => knowledgePanel(model, anomalies, ui));
    parts.update(logs, [...place, view.isolation], () =>
      logStrips({ model, isolation: view.isolation, anomalies }, ui),
    );
    explainWords(terms, parts, model.timeline, ui);
    parts.update(ledger, place, () => effectLedger(model, anomalies, ui));
  }

  private step(stop: number): void {
    if (this.model !== undefined && this.ui !== undefined) lookAt(this.model, stop, this.ui);
  }

  private playOn(): void {
    const { model, ui } = this;
    if (model === undefined || ui === undefined) return;
    const isOver = model.isEnd || model.stop === model.stops.length - 1;
    const moment = momentOf(model, isOver ? 0 : model.stop + 1);
    if (moment !== undefined) ui.dispatch({ type: 'look', moment, isPlaying: true });
    if (model.stops.length < 2 || (!isOver && model.stop + 2 === model.stops.length))
      ui.dispatch({ type: 'play', playing: false });
  }

  /** A press on a folded stretch opens it, on anything else stands there. */
  private pressed({ target }: Event): void {
    const { model, ui } = this;
    const row = target instanceof Element ? target.closest('[data-row]') : null;
    const index = Number(row?.getAttribute('data-row') ?? -1);
    const pressed = model?.rows[index];
    if (model === undefined || ui === undefined || pressed === undefined) return;
    if (pressed.kind !== 'step') ui.dispatch({ type: 'toggle-fold', first: pressed.first });
    const moment = model.timeline.steps[pressed.last]?.event.seq;
    if (moment !== undefined) ui.dispatch({ type: 'look', moment });
  }

  private keyed(event: KeyboardEvent): void {
    const { model, ui } = this;
    if (model === undefined || ui === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = model.rows[model.current];
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: model.next,
      ArrowLeft: model.stop - 1,
      Home: 0,
      End: model.stops.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) this.step(to);
    else if (event.key === 'Enter' && row?.kind === 'fold')
      ui.dispatch({ type: 'toggle-fold', first: row.first });
    else return;
    event.preventDefault();
    focusOn(this.element, 'diagram');
  }
}

/** Opens the stretch that is stood at, or folds again the one that is stood in. */
function foldButton(
  { timeline, rows, current, step }: StageModel,
  { opened }: PageView,
  ui: Ui,
): HTMLElement | undefined {
  const { t, dispatch } = ui;
  const row = rows[current];
  if (row?.kind === 'fold') {
    const { first, last } = row;
    const label = t('Show these {count} steps', { count: last - first + 1 });
    return button({ label, focus: 'fold', onPress: () => dispatch({ type: 'toggle-fold', first }) });
  }
  const around = timeline.folds.find(({ first, last }) => first <= step.index && step.index <= last);
  if (around === undefined || !opened.includes(around.first)) return undefined;
  const { first } = around;
  return button({
    label: t('Fold these steps'),
    focus: 'fold',
    onPress: () => dispatch({ type: 'toggle-fold', first }),
  });
}

/** What stays over all renderings: the live region, the scrolled frame, and the slider that is being dragged. */
function makeFrame() {
  return {
    heading: h('div', { class: 'row stage-heading' }),
    controls: h('div', { class: 'row' }),
    scrub: h('input', { type: 'range', min: 0, class: 'scrub', 'data-focus': 'scrub' }),
    say: h('div', { class: 'say row', 'aria-live': 'polite' }),
    drawing: h('div', { class: 'drawing', tabindex: 0, role: 'group', 'data-focus': 'diagram' }),
    side: h('div', { class: 'stage-side' }, h('div'), h('div'), wordsFrame(), h('div')),
  };
}
