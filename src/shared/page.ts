import type { LeftOut } from '../core/history/summarised.js';
import type { Asked } from '../core/prediction/asked.js';
import type { Isolation } from '../core/timeline/partition-state.js';
import type { SemanticsId } from '../core/semantics/semantics.js';
import type { LabPhase, LabReport, ScenarioCard, Standing } from './lab-report.js';

/** Everything that the lab page shows, as plain data: the host sends it whole at every change, so no order can be wrong. */
export interface Page {
  /** Absent: no scenario chosen yet, the page shows the catalogue. */
  readonly card?: ScenarioCard;
  readonly run: PageRun;
  /** There with a card. */
  readonly prediction?: PagePrediction;
  /** There with a card. */
  readonly code?: SemanticsCode;
  /** There with a card: scenarios that change one thing. */
  readonly neighbours?: readonly Neighbour[];
  /** There when the scenario was run: what its run can be laid beside, and what it is. */
  readonly comparable?: readonly Comparable[];
  readonly compared?: Compared;
  /** Instead of a card: a recorded history that was opened. */
  readonly opened?: OpenedHistory;
  readonly catalogue: readonly CatalogueGroup[];
  /** There with the catalogue: of the predictions that a run has answered. */
  readonly score?: { readonly right: number; readonly answered: number };
  /** True while any run is going on, also of another scenario: then no other can be started. */
  readonly busy: boolean;
}

export interface Neighbour {
  readonly id: string;
  readonly title: string;
}

/** A run that another can be laid beside: the control, the same on another broker, or another scenario's. */
export interface Comparable {
  readonly key: string;
  readonly label: string;
}

export interface Compared extends Comparable {
  /** Id of the report that it is from: another run of the same is another one. */
  readonly report: string;
  readonly phase: LabPhase;
}

/** A history from a file. */
export interface OpenedHistory {
  /** The file's. */
  readonly name: string;
  /** Where it came from, so that it can be read again after a reload. */
  readonly file: string;
  readonly phase: LabPhase;
  /** How many it holds, also when not all of them are shown. */
  readonly events: number;
  readonly leftOut: LeftOut;
}

/** What is asked before the run; what the learner said, and what the run has shown, as soon as there is either. */
export interface PagePrediction {
  readonly asked: Asked;
  readonly said?: number;
  readonly found?: number;
}

/** What makes the scenario's semantics what it is, in the snippets of its short form. */
export interface SemanticsCode {
  readonly semantics: SemanticsId;
  /** Whether the guarantee lets messages be lost or doubled: then this line is what lets it. */
  readonly letsHarm: boolean;
  /** Whether the scenario's own program has it: one without transactions may not. */
  readonly isUsed: boolean;
  readonly lines: readonly { readonly language: string; readonly line: string }[];
}

export type PageRun =
  /** Not run yet since the extension knows the scenario. */
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly stage: RunStage }
  | { readonly kind: 'done'; readonly report: LabReport }
  | { readonly kind: 'stopped' }
  /** The window was reloaded or closed in the middle of the run. */
  | { readonly kind: 'interrupted' }
  /** `sentence` says what happened and what to do. */
  | { readonly kind: 'failed'; readonly sentence: string };

export type RunStage = 'preparing' | 'control' | 'fault' | 'reading' | 'cleaning-up';

export const runStages: readonly RunStage[] = ['preparing', 'control', 'fault', 'reading', 'cleaning-up'];

export interface CatalogueGroup {
  readonly title: string;
  readonly guarantees: string;
  readonly scenarios: readonly CatalogueEntry[];
}

export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  /** The last verdict, if there is one. */
  readonly last?: { readonly standing: Standing; readonly sentence: string };
}

/** What the page hands to the editor to keep over hiding and reloading; the report itself stays with the host. */
export interface KeptPage {
  readonly scenario?: string;
  /** Of an opened history. */
  readonly file?: string;
  /** Id of the report that `view` points into. */
  readonly report?: string;
  /** Key of the run that is laid beside it. */
  readonly comparedWith?: string;
  readonly running: boolean;
  readonly view: PageView;
}

/** What the learner has set on the page. */
export interface PageView {
  readonly phase: 'control' | 'fault';
  readonly text: string;
  readonly kind: EventKind | 'all';
  /** Whether requests and responses are listed. */
  readonly wire: boolean;
  /** Sequence number of the selected event, in the history of `phase`. */
  readonly selected?: number;
  /** How many rows at most the table shows. */
  readonly limit: number;
  /** Sequence number of the event that the diagram stands at; absent: at the end of the run. */
  readonly moment?: number;
  /** First steps of the folded stretches that are opened. */
  readonly opened: readonly number[];
  /** Whose view of the log is shown. */
  readonly isolation: Isolation;
  readonly speed: PlaySpeed;
  /** What the learner has written of the run in his own words. */
  readonly words: string;
}

export type PlaySpeed = 'slow' | 'normal' | 'fast';

export const playSpeeds: readonly PlaySpeed[] = ['slow', 'normal', 'fast'];

export type EventKind = 'client' | 'wire' | 'broker' | 'fault' | 'process' | 'reader' | 'note';

/** Rows that are rendered at first, and added by "Show more". */
export const pageOfRows = 400;

export const initialView: PageView = {
  phase: 'fault',
  text: '',
  kind: 'all',
  wire: true,
  limit: pageOfRows,
  opened: [],
  isolation: 'read_committed',
  speed: 'normal',
  words: '',
};

/** Checks what the editor kept: it may stem from another version of the extension. */
export function isKeptPage(value: unknown): value is KeptPage {
  if (typeof value !== 'object' || value === null) return false;
  const kept = value as Partial<Record<keyof KeptPage, unknown>>;
  return typeof kept.running === 'boolean' && typeof kept.view === 'object' && kept.view !== null;
}
