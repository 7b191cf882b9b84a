import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import { h } from './dom.js';
import type { Child } from './dom.js';

/**
 * Registers the toolkit's elements. It must run while the page loads: the toolkit takes the theme's colours on the window's
 * `load` event and not later.
 */
export function registerComponents(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption());
}

export interface ButtonOptions {
  readonly label: string;
  readonly onPress: () => void;
  /** Stable name within the page: focus returns to it after a new rendering. */
  readonly focus: string;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** What the label alone does not say. */
  readonly description?: string;
}

export function button(options: ButtonOptions): HTMLElement {
  return h(
    'vscode-button',
    {
      appearance: options.primary === true ? 'primary' : 'secondary',
      disabled: options.disabled,
      title: options.description,
      'data-focus': options.focus,
      onclick: () => {
        if (options.disabled !== true) options.onPress();
      },
    },
    options.label,
  );
}

export interface DropdownOptions<T extends string> {
  readonly label: string;
  readonly focus: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChoice: (value: T) => void;
}

/** A dropdown with its visible label. */
export function dropdown<T extends string>(options: DropdownOptions<T>): HTMLElement {
  const items: Child[] = options.choices.map(({ value, label }) =>
    h('vscode-option', { value, selected: value === options.value }, label),
  );
  const element = h(
    'vscode-dropdown',
    {
      'aria-label': options.label,
      'data-focus': options.focus,
      onchange: (event) => {
        const chosen = options.choices.find(({ value }) => value === valueOf(event.target));
        if (chosen !== undefined) options.onChoice(chosen.value);
      },
    },
    items,
  );
  return h(
    'span',
    { class: 'field' },
    h('span', { class: 'dim', 'aria-hidden': 'true' }, options.label),
    element,
  );
}

export interface CheckboxOptions {
  readonly label: string;
  readonly focus: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function checkbox(options: CheckboxOptions): HTMLElement {
  return h(
    'vscode-checkbox',
    {
      checked: options.checked,
      'data-focus': options.focus,
      onchange: (event) => {
        const { target } = event;
        if (target !== null && 'checked' in target && typeof target.checked === 'boolean')
          options.onChange(target.checked);
      },
    },
    options.label,
  );
}

function valueOf(target: EventTarget | null): string | undefined {
  return target !== null && 'value' in target && typeof target.value === 'string' ? target.value : undefined;
}
