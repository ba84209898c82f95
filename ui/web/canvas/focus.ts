/**
 * What has the keys.
 *
 * @module
 */

/** The canvas, or the one selected box; what has the keys when nothing else has. */
export function focusCanvas(): void {
  const selected = document.querySelectorAll<HTMLElement>(".graph .react-flow__node.selected");
  const place = selected.length === 1 ? selected[0] : document.querySelector<HTMLElement>(".graph");
  place?.focus({ preventScroll: true });
}

/** A box once it is drawn; without an id the first one there is, or else the canvas. */
export function focusBox(id?: string): void {
  const box = id === undefined ? "" : `[data-id="${CSS.escape(id)}"]`;
  const focus = () => {
    const node = document.querySelector<HTMLElement>(`.graph .react-flow__node${box}`);
    (node ?? document.querySelector<HTMLElement>(".graph"))?.focus({ preventScroll: true });
  };
  if (id === undefined) focus();
  // A box that was only painted becomes an element first.
  else requestAnimationFrame(focus);
}
