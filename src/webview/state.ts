import { assertNever } from '../core/assert-never.js';
import type { Bundle } from '../core/text/translate.js';
import type { LabReport } from '../shared/lab-report.js';
import type { ToWebview } from '../shared/messages.js';
import { initialView, pageOfRows } from '../shared/page.js';
import type { EventKind, KeptPage, Page, PageRun, PageView } from '../shared/page.js';

/** All that the page shows follows from this, by pure functions. */
export interface State {
  readonly language: string;
  readonly bundle: Bundle;
  /** Absent until the host has answered. */
  readonly page?: Page;
  /** The report on the page; during a new run of the same scenario it is still the one before. */
  readonly report?: LabReport;
  readonly view: PageView;
  /** Whether the diagram goes on by itself. */
  readonly playing: boolean;
  /** What the editor had kept, until the first page tells what it is about. */
  readonly kept?: KeptPage;
  /** Counts how often the filter was set otherwise than by its own fields, which then have to follow. */
  readonly resets: number;
}

export type Action =
  | ToWebview
  | { readonly type: 'choose-phase'; readonly phase: PageView['phase'] }
  | { readonly type: 'filter-text'; readonly text: string }
  | { readonly type: 'filter-kind'; readonly kind: EventKind | 'all' }
  | { readonly type: 'show-wire'; readonly wire: boolean }
  | { readonly type: 'show-more' }
  | { readonly type: 'select-row'; readonly seq: number }
  /** Stands at an event of the phase that is shown, or at the end of the run; whoever looks for himself stops the playing. */
  | { readonly type: 'look'; readonly moment: number | null; readonly isPlaying?: true }
  /** The same from a witness, or to what a run is about, in its phase: the diagram is brought into view. */
  | { readonly type: 'show-step'; readonly phase: PageView['phase']; readonly seq: number }
  | { readonly type: 'play'; readonly playing: boolean }
  | { readonly type: 'speed'; readonly speed: PageView['speed'] }
  | { readonly type: 'toggle-fold'; readonly first: number }
  | { readonly type: 'words'; readonly words: string }
  | { readonly type: 'isolation'; readonly isolation: PageView['isolation'] }
  /** Selects an event and makes sure that it is on the page, whatever the filter hides. */
  | { readonly type: 'select'; readonly phase: PageView['phase']; readonly seq: number };

export function initialState(kept: KeptPage | undefined): State {
  const state = { language: 'en', bundle: {}, view: { ...initialView, ...kept?.view } };
  return { ...state, playing: false, resets: 0, ...(kept === undefined ? {} : { kept }) };
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'strings':
      return { ...state, language: action.language, bundle: action.bundle };
    case 'page':
      return withPage(state, action.page);
    case 'choose-phase':
      return withView(stopped(state), { phase: action.phase, selected: null, moment: null, opened: [] });
    case 'filter-text':
      return withView(state, { text: action.text, limit: pageOfRows });
    case 'filter-kind':
      return withView(state, { kind: action.kind, limit: pageOfRows });
    case 'show-wire':
      return withView(state, { wire: action.wire });
    case 'show-more':
      return withView(state, { limit: state.view.limit + pageOfRows });
    case 'select-row':
      return withView(stopped(state), { selected: action.seq, moment: action.seq });
    case 'select':
      return select(stopped(state), action.phase, action.seq);
    case 'look':
      return withView(action.isPlaying === true ? state : stopped(state), { moment: action.moment });
    case 'show-step':
      return showStep(stopped(state), action.phase, action.seq);
    case 'play':
      return { ...state, playing: action.playing };
    case 'speed':
      return withView(state, { speed: action.speed });
    case 'toggle-fold':
      return withView(state, { opened: toggled(state.view.opened, action.first) });
    case 'words':
      return withView(state, { words: action.words });
    case 'isolation':
      return withView(state, { isolation: action.isolation });
    default:
      return assertNever(action);
  }
}

/** What the editor keeps over hiding and reloading. */
export function keptOf({ page, view, report }: State): KeptPage {
  const scenario = page?.card?.scenario.id;
  const file = page?.opened?.file;
  const comparedWith = page?.compared?.key;
  const running = page?.run.kind === 'running';
  return {
    ...(scenario === undefined ? {} : { scenario }),
    ...(file === undefined ? {} : { file }),
    ...(report === undefined ? {} : { report: report.id }),
    ...(comparedWith === undefined ? {} : { comparedWith }),
    ...{ running, view },
  };
}

function withPage(state: State, received: Page): State {
  const { report: shown, page: before, kept, ...rest } = state;
  const page = { ...received, run: sameRun(before?.run, received.run) };
  const another = subjectOf(page) !== subjectOf(before);
  const report = reportOn(page) ?? (page.run.kind === 'running' && !another ? shown : undefined);
  // The first page after a reload keeps what the learner had set; the events of another run are other events.
  const fresh = before !== undefined && (another || startsAnew(before, page));
  // What was written stays with its scenario: it is not drawn from the run.
  const restored = before === undefined && kept !== undefined ? restoredView(kept, page, report) : state.view;
  const view = fresh ? { ...initialView, words: another ? '' : state.view.words } : restored;
  const playing = state.playing && !fresh;
  const next = { ...rest, page, view, playing, resets: state.resets + (fresh ? 1 : 0) };
  return report === undefined ? next : { ...next, report };
}

/**
 * While a page is hidden it has no script: what it kept may be of another scenario, or of an earlier run of the same. Then only
 * the learner's own words are still of use.
 */
function restoredView(kept: KeptPage, page: Page, report: LabReport | undefined): PageView {
  if ((kept.scenario ?? kept.file) !== subjectOf(page)) return initialView;
  const view = { ...initialView, ...kept.view };
  return kept.report === undefined || report === undefined || kept.report === report.id
    ? view
    : { ...initialView, words: view.words };
}

/** What a page is about; another one begins anew. */
function subjectOf(page: Page | undefined): string | undefined {
  return page?.card?.scenario.id ?? page?.opened?.file;
}

/** What a message repeats stays the object that is on the page already: nothing is drawn or announced a second time. */
function sameRun(before: PageRun | undefined, now: PageRun): PageRun {
  if (before?.kind !== now.kind) return now;
  return fingerprint(before) === fingerprint(now) ? before : now;
}

function fingerprint(run: PageRun): string {
  switch (run.kind) {
    case 'running':
      return run.stage;
    case 'done':
      return run.report.id;
    case 'failed':
      return run.sentence;
    default:
      return run.kind;
  }
}

function reportOn({ run }: Page): LabReport | undefined {
  return run.kind === 'done' ? run.report : undefined;
}

function startsAnew(before: Page, page: Page): boolean {
  return page.run.kind === 'running' && before.run.kind !== 'running';
}

/** `null` takes away what may be absent: with exact optional properties that cannot be written as undefined. */
type Changes = Partial<Omit<PageView, 'selected' | 'moment'>> & {
  readonly selected?: number | null;
  readonly moment?: number | null;
};

function withView(state: State, { selected, moment, ...changes }: Changes): State {
  const { selected: selectedBefore, moment: momentBefore, ...rest } = state.view;
  const selectedNow = selected === undefined ? selectedBefore : (selected ?? undefined);
  const momentNow = moment === undefined ? momentBefore : (moment ?? undefined);
  const view = {
    ...rest,
    ...changes,
    ...(selectedNow === undefined ? {} : { selected: selectedNow }),
    ...(momentNow === undefined ? {} : { moment: momentNow }),
  };
  return { ...state, view };
}

function select(state: State, phase: PageView['phase'], seq: number): State {
  const next = withView(inPhase(state, phase), {
    selected: seq,
    moment: seq,
    text: '',
    kind: 'all',
    wire: true,
  });
  return { ...next, resets: next.resets + 1 };
}

function showStep(state: State, phase: PageView['phase'], seq: number): State {
  return withView(inPhase(state, phase), { moment: seq });
}

/** What is opened and selected belongs to one of the two histories. */
function inPhase(state: State, phase: PageView['phase']): State {
  return state.view.phase === phase ? state : withView(state, { phase, opened: [], selected: null });
}

function stopped(state: State): State {
  return state.playing ? { ...state, playing: false } : state;
}

function toggled(opened: readonly number[], first: number): readonly number[] {
  return opened.includes(first) ? opened.filter((one) => one !== first) : [...opened, first];
}
