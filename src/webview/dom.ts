/** Children of an element; `undefined` and `false` leave nothing, so that conditions can stand in place. */
export type Child = Node | string | number | undefined | false | readonly Child[];

type Listener = (event: Event) => void;

/** Attributes by their HTML names; a function under `on…` is a listener; `undefined` and `false` leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | Listener | undefined>>;

/** One element: `h('p', { class: 'dim' }, 'text')`. Text is always a text node, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function h(tag: string, attributes?: Attributes, ...children: readonly Child[]): HTMLElement;
export function h(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  append(element, children);
  return element;
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue;
    if (typeof child === 'string' || typeof child === 'number')
      parent.appendChild(document.createTextNode(String(child)));
    else if (child instanceof Node) parent.appendChild(child);
    else append(parent, child);
  }
}

function set(element: HTMLElement, name: string, value: Attributes[string]): void {
  if (value === undefined || value === false) return;
  if (typeof value === 'function') element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? '' : String(value));
}
