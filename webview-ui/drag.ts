/** Follows the pointer from a press until its release; `move` is told how far it has come. */
export function followDrag(
  event: PointerEvent,
  handle: HTMLElement,
  move: (by: { readonly x: number; readonly y: number }) => void,
): void {
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const ended = new AbortController();
  const onMove = ({ clientX, clientY }: PointerEvent): void =>
    move({ x: clientX - event.clientX, y: clientY - event.clientY });
  handle.addEventListener("pointermove", onMove, { signal: ended.signal });
  for (const end of ["pointerup", "pointercancel"] as const) {
    handle.addEventListener(end, () => ended.abort(), { signal: ended.signal });
  }
}
