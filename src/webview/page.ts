import { translator } from '../core/text/translate.js';
import type { FromWebview } from '../shared/messages.js';
import type { OpenedHistory, Page, PageView } from '../shared/page.js';
import { eventRows } from './events/rows.js';
import type { EventRow } from './events/rows.js';
import { h } from './dom.js';
import { Parts } from './parts.js';
import { phasesOf, type Phases } from './phases.js';
import { StageView } from './stage/stage-view.js';
import type { Action, State } from './state.js';
import type { Ui } from './ui.js';
import { compareSection } from './stage/compare.js';
import { answer, asked } from './view/banner.js';
import { catalogue } from './view/catalogue.js';
import { comparison } from './view/comparison.js';
import { eventsHeading, eventsList, eventsTools } from './view/events.js';
import { header } from './view/header.js';
import { verdictSection } from './view/verdict.js';
import { inCode } from './view/in-code.js';
import { keep } from './view/keep.js';
import { openedHistory } from './view/opened.js';
import { prediction } from './view/prediction.js';
import { why } from './view/why.js';
import type { LabPhase, LabReport, ScenarioCard } from '../shared/lab-report.js';

/** The lab page: a fixed frame of places, and one function that brings them up to date with the state. */
export class LabPageView {
  private readonly parts = new Parts();
  private readonly stage = new StageView(this.parts);
  private readonly frame = makeFrame(this.stage.element);
  /** All that shows the last report while a new run goes on. */
  private readonly placesOfReport: readonly HTMLElement[];
  private ui: Ui;
  private bundle: State['bundle'] | undefined;
  private openedPhases: Phases | undefined;
  /** The long history that is arranged already. */
  private arranged: LabPhase | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private rows: { readonly of: LabPhase; readonly ui: Ui; readonly rows: readonly EventRow[] } | undefined;

  constructor(
    root: Element,
    private readonly dispatch: (action: Action) => void,
    private readonly post: (message: FromWebview) => void,
  ) {
    this.ui = { t: translator({}), language: 'en', dispatch, post };
    const { stage, findings: found, compare, why: reason, code, keep: kept, events } = this.frame;
    this.placesOfReport = [stage, found, compare, reason, code, kept, events];
    root.replaceChildren(...Object.values(this.frame));
  }

  render(state: State): void {
    this.speak(state);
    const { page } = state;
    if (page === undefined) return;
    document.title = page.card?.text.title ?? 'Kafka Lab';
    this.renderTop(page);
    this.renderReport(state);
  }

  /** The words change at most once, when the host has said which language it is. */
  private speak({ bundle, language }: State): void {
    if (bundle === this.bundle) return;
    this.bundle = bundle;
    this.ui = { t: translator(bundle), language, dispatch: this.dispatch, post: this.post };
    document.documentElement.lang = language;
  }

  private renderTop(page: Page): void {
    const { frame, parts, ui } = this;
    const { card, run } = page;
    parts.update(
      frame.header,
      [card?.scenario.id, run.kind, page.busy, ui, run.kind === 'done' ? run.report.durationMs : 0],
      () => (card === undefined ? undefined : header(page, card, ui)),
    );
    parts.update(frame.asked, [card?.scenario.id, ui], () =>
      card === undefined ? undefined : asked(card, ui),
    );
    parts.update(
      frame.prediction,
      [card?.scenario.id, run.kind, page.prediction?.said, page.prediction?.found, ui],
      () =>
        card === undefined || page.prediction === undefined
          ? undefined
          : prediction(page.prediction, run, card, ui),
    );
    parts.update(frame.answer, [card?.scenario.id, run, ui], () =>
      card === undefined ? undefined : answer(run, card, ui),
    );
    const isChoosing = card === undefined && page.opened === undefined;
    parts.update(frame.catalogue, [isChoosing ? page.catalogue : undefined, ui], () =>
      isChoosing ? catalogue(page, ui) : undefined,
    );
  }

  /** After a press on a witness. */
  showStage(): void {
    this.stage.show();
  }

  private renderReport(state: State): void {
    const { page, report, view, resets } = state;
    const { frame, parts, ui } = this;
    const card = page?.card;
    const shown = card === undefined || report === undefined ? undefined : { card, report };
    const stale = page?.run.kind === 'running';
    for (const place of [frame.findings, frame.compare, frame.why, frame.code, frame.keep])
      place.hidden = shown === undefined;
    for (const place of this.placesOfReport) {
      place.classList.toggle('stale', stale);
      place.setAttribute('aria-busy', String(stale));
    }
    const opened = page?.opened;
    const phases = shown?.report ?? (opened && this.phasesOf(opened));
    this.renderHistories(phases, state);
    parts.update(frame.opened, [opened, ui], () => opened && openedHistory(opened, ui));
    parts.update(
      frame.compare,
      [page?.compared?.key, page?.compared?.report, page?.comparable?.length, report, view.phase, ui],
      () => (shown && page !== undefined ? compareSection(shown.report[view.phase], page, ui) : undefined),
    );
    parts.update(frame.findings, [report, ui], () => shown && findings(shown, ui));
    parts.update(
      frame.why,
      [shown === undefined ? undefined : card?.scenario.id, ui],
      () => shown && why(shown.card, page?.neighbours ?? [], ui),
    );
    const code = shown === undefined ? undefined : page?.code;
    const id = shown?.card.scenario.id;
    parts.update(frame.keep, [id, resets, ui], () => id !== undefined && keep(id, view, ui));
    parts.update(
      frame.code,
      [code?.semantics, code?.isUsed, shown?.report, ui],
      () => code && shown && inCode(code, shown.report, ui),
    );
  }

  /** A long history takes a moment to be arranged: the verdict is on the page before that. */
  private renderHistories(phases: Phases | undefined, state: State): void {
    const { stage, events } = this.frame;
    clearTimeout(this.waiting);
    if (phases !== undefined && phases.fault !== this.arranged && isLong(phases)) {
      stage.hidden = events.hidden = true;
      this.waiting = setTimeout(() => {
        this.arranged = phases.fault;
        this.renderHistories(phases, state);
      });
      return;
    }
    stage.hidden = events.hidden = phases === undefined;
    this.stage.render(phases, state, this.ui);
    this.renderEvents(phases, state.view, state.resets);
  }

  /** The same object as long as the same history is shown, so that nothing is drawn a second time. */
  private phasesOf(opened: OpenedHistory): Phases {
    if (this.openedPhases?.fault !== opened.phase) this.openedPhases = phasesOf(opened);
    return this.openedPhases;
  }

  private renderEvents(report: Phases | undefined, view: PageView, resets: number): void {
    const { parts, ui } = this;
    const [heading, tools, list] = this.frame.events.children;
    if (heading === undefined || tools === undefined || list === undefined) return;
    parts.update(heading, [report, ui], () => report && eventsHeading(report, ui));
    parts.update(tools, [report, resets, ui], () => report && eventsTools(view, ui));
    parts.update(
      list,
      [report, view.phase, view.text, view.kind, view.wire, view.selected, view.limit, ui],
      () => report && eventsList(this.rowsOf(report[view.phase]), view, ui),
    );
  }

  /** Sentences are made once a history and not at every key in the filter. */
  private rowsOf(phase: LabPhase): readonly EventRow[] {
    const { ui } = this;
    if (this.rows?.of !== phase || this.rows.ui !== ui)
      this.rows = { of: phase, ui, rows: eventRows(phase.history, phase.verdict.anomalies, ui.t) };
    return this.rows.rows;
  }
}

/** Events that are arranged within the time of a first paint. */
const mostAtOnce = 20_000;

function isLong({ control, fault }: Phases): boolean {
  return control.history.length + fault.history.length > 2 * mostAtOnce;
}

function findings({ card, report }: { card: ScenarioCard; report: LabReport }, ui: Ui): HTMLElement {
  return h('div', { class: 'two' }, verdictSection(report, card, ui), comparison(report, card, ui));
}

/** The answer is a live region from the start: a region that appears with its text already in it is not announced. */
function makeFrame(stage: HTMLElement) {
  return {
    header: h('div'),
    asked: h('div'),
    prediction: h('div', { role: 'status', 'aria-live': 'polite' }),
    answer: h('div', { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' }),
    catalogue: h('div'),
    opened: h('div'),
    stage,
    findings: h('div'),
    compare: h('div'),
    why: h('div'),
    code: h('div'),
    keep: h('div'),
    events: h('section', { 'aria-labelledby': 'events-heading' }, h('div'), h('div'), h('div')),
  };
}
