/**
 * The controls that come from the toolkit: the one module that imports it.
 *
 * The library is archived; `@vscode-elements/elements` has elements of the same names and would
 * take its place here. `vscode-badge` and `vscode-tag` set inline styles, which the page's policy
 * forbids, so they are not among them.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeProgressRing,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";

export function defineControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

/**
 * Names a text field for screen readers. Where a field has no label in sight the toolkit calls it
 * "Text field" when it is connected, over any name it has had before.
 */
export function nameField(field: Element | null, name: string): void {
  field?.setAttribute("aria-label", name);
}

/** Of an event of a text field: what it holds now. */
export function typedText(event: Event): string {
  const { target } = event;
  return target instanceof HTMLElement && "value" in target ? String(target.value) : "";
}

/** Of an event of a checkbox: whether it is checked now. */
export function isChecked(event: Event): boolean {
  const { target } = event;
  return target instanceof HTMLElement && "checked" in target && target.checked === true;
}
