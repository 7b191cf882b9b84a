/** The texts of one language: the content of `l10n/lessons.<language>.json`. A test holds both languages to the catalogue. */
export interface Lessons {
  /** By semantics id. */
  readonly semantics: Readonly<Record<string, SemanticsText>>;
  /** By scenario id. */
  readonly scenarios: Readonly<Record<string, ScenarioText>>;
}

/** One or two sentences each: what a configuration guarantees, and what it does not. */
export interface GuaranteeText {
  readonly guarantees: string;
  readonly doesNotGuarantee: string;
}

export interface SemanticsText extends GuaranteeText {
  /** "Producer · at most once" */
  readonly title: string;
}

/** With a guarantee of its own where its configuration is not the one that its semantics is about: a pipeline without transactions. */
export interface ScenarioText extends Partial<GuaranteeText> {
  /** "The broker appends m4, but its answer never arrives" */
  readonly title: string;
  /** Two or three words, for a tree beside the last verdict: "Response lost". */
  readonly short: string;
  /** The question to the learner before the run, one sentence. */
  readonly question: string;
  /** What strikes and where, for one line in a table: "response of m4 lost after the append". */
  readonly strikes: string;
  /** Three to six sentences; every claim is one that a run shows. */
  readonly why: string;
  /** The belief that this scenario refutes, in quotation marks. */
  readonly misconception: string;
  readonly sources: readonly string[];
}

/** What the configuration of a scenario guarantees. */
export function guaranteeOf(text: ScenarioText, semantics: SemanticsText): GuaranteeText {
  const { guarantees = semantics.guarantees, doesNotGuarantee = semantics.doesNotGuarantee } = text;
  return { guarantees, doesNotGuarantee };
}
