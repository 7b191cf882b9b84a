import { append } from './dom.js';
import type { Child } from './dom.js';

/**
 * Places of the page that are rendered anew only when what they show has changed. The frame itself stays, so that live
 * regions announce, fields keep their caret and the page does not jump.
 */
export class Parts {
  private readonly shown = new Map<Element, readonly unknown[]>();

  /** Renders into `place` if one of `inputs` is another than last time; focus inside it finds its way back. */
  update(place: Element, inputs: readonly unknown[], render: () => Child): void {
    const before = this.shown.get(place);
    if (before?.length === inputs.length && before.every((input, index) => Object.is(input, inputs[index])))
      return;
    this.shown.set(place, inputs);
    const focus = focusIn(place);
    const fragment = document.createDocumentFragment();
    append(fragment, [render()]);
    place.replaceChildren(fragment);
    if (focus !== undefined) focusOn(place, focus);
  }
}

/** The stable name of the focused element, if it is inside. */
function focusIn(place: Element): string | undefined {
  const active = document.activeElement;
  return active instanceof HTMLElement && place.contains(active) ? active.dataset['focus'] : undefined;
}

export function focusOn(place: ParentNode, name: string): void {
  const found = place.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
}
