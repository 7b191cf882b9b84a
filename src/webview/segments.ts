import { h } from './dom.js';

export interface SegmentsOptions<T extends string> {
  /** Read to screen readers. */
  readonly label: string;
  readonly focus: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChoice: (value: T) => void;
}

/** One of a few words that stand side by side. */
export function segments<T extends string>(options: SegmentsOptions<T>): HTMLElement {
  const { label, focus, value: chosen, choices, onChoice } = options;
  return h(
    'span',
    { class: 'segments', role: 'radiogroup', 'aria-label': label },
    choices.map((choice) =>
      h(
        'button',
        {
          type: 'button',
          role: 'radio',
          'aria-checked': String(choice.value === chosen),
          'data-focus': `${focus}/${choice.value}`,
          onclick: () => onChoice(choice.value),
        },
        choice.label,
      ),
    ),
  );
}
