/** One tab stop for a row of controls: arrows go from one to the next. */

/** A `keydown` listener for the element that holds `button`s. */
export function roveByArrows(event: KeyboardEvent): void {
  const { currentTarget, key } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const controls = [
    ...currentTarget.querySelectorAll<HTMLElement>("button:not(:disabled), vscode-button"),
  ];
  const at = controls.findIndex((control) => control.matches(":focus-within"));
  const places: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % controls.length,
    ArrowLeft: (at - 1 + controls.length) % controls.length,
    Home: 0,
    End: controls.length - 1,
  };
  const next = controls[places[key] ?? -1];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
  setTabStop(controls, next);
}

/** Leaves one of the controls in the tab order: the one that has it, or the first. */
export function keepOneTabStop(holder: Element | null): void {
  if (holder === null) return;
  const controls = [
    ...holder.querySelectorAll<HTMLElement>("button:not(:disabled), vscode-button"),
  ];
  const stop = controls.find((control) => control.matches(":focus")) ?? controls[0];
  if (stop !== undefined) setTabStop(controls, stop);
}

function setTabStop(controls: readonly HTMLElement[], stop: HTMLElement): void {
  for (const control of controls) control.tabIndex = control === stop ? 0 : -1;
}
