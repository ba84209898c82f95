/**
 * Scripts that run in a page and measure it. They know nothing of whose page it is.
 *
 * @module
 */

/** Frames that are looked at while a graph is moved. */
const FRAMES = 90;
/** One that is slow gives its figure in fewer frames. */
const LONGEST_MS = 5_000;

/**
 * Notes when the last of `count` boxes was on the screen, painted or as an element (`whole`), when the answer with the
 * pipeline had come (`answered`), both since navigation, and for how long the page was deaf in between (`blocked`).
 */
export function watchBoxes(count: number): string {
  return `(() => {
    const nodes = document.getElementsByClassName("react-flow__node");
    const isPainted = () => {
      const [layer, pane] = [document.querySelector(".far-layer canvas"), document.querySelector(".react-flow")];
      if (layer === null || pane === null) return false;
      // One that reaches beyond what is seen is of a view that was not all of it.
      const [inner, outer] = [layer.getBoundingClientRect(), pane.getBoundingClientRect()];
      return inner.width > 0 && inner.left >= outer.left - 2 && inner.right <= outer.right + 2;
    };
    const isWhole = () => isPainted() ||
      (nodes.length >= ${count} && nodes[nodes.length - 1].style.visibility !== "hidden");
    const answer = () => performance.getEntriesByType("resource")
      .find(({ name, responseEnd }) => /\\/api\\/(file|config)\\?/.test(name) && responseEnd > 0)?.responseEnd;
    const pauses = [];
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      if (now - last > 6) pauses.push([last, now]);
      last = now;
      if (globalThis.bench === undefined) setTimeout(tick, 0);
    };
    setTimeout(tick, 0);
    const look = () => {
      if (!isWhole()) return requestAnimationFrame(look);
      // It is on the screen when the next frame begins.
      requestAnimationFrame(() => {
        const [whole, answered] = [performance.now(), answer() ?? 0];
        const lengths = pauses.map(([from, to]) => Math.min(to, whole) - Math.max(from, answered));
        globalThis.bench = { whole, answered, blocked: Math.max(0, ...lengths) };
      });
    };
    requestAnimationFrame(look);
  })()`;
}

/** What {@linkcode watchBoxes} notes, in milliseconds. */
export interface Boxes {
  readonly whole: number;
  readonly answered: number;
  readonly blocked: number;
}

const FRAME = "const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));";

const SHARE = "times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]";

/** Pans for a while; the 95th percentile of the time from frame to frame. */
export const PAN = `(async () => {
  ${FRAME}
  const pane = document.querySelector(".react-flow__pane");
  const times = [];
  const first = await frame();
  for (let i = 0, last = first; i < ${FRAMES} && last - first < ${LONGEST_MS}; i++) {
    const way = i % 60 < 30 ? 9 : -9;
    pane.dispatchEvent(new WheelEvent("wheel", { deltaX: way, deltaY: way / 2, bubbles: true, cancelable: true,
      clientX: 700, clientY: 400 }));
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return ${SHARE};
})()`;

/** Drags a box to and fro; the 95th percentile of the time from frame to frame. It fails if the box stays. */
export function drag({ id, x, y }: { readonly id: string; readonly x: number; readonly y: number }): string {
  return `(async () => {
    ${FRAME}
    const pane = document.querySelector(".react-flow__pane");
    const { left, top } = pane.getBoundingClientRect();
    const view = new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport")).transform);
    const clientX = left + ${x + 24} * view.a + view.e;
    const clientY = top + ${y + 14} * view.d + view.f;
    const find = () => document.querySelector('.react-flow__node[data-id="${id}"]');
    // One that is only painted becomes an element under the pointer.
    pane.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX, clientY }));
    for (let i = 0; i < 60 && find() === null; i++) await frame();
    const box = find();
    if (box === null) throw new Error("There is no box under the pointer");
    const fire = (type, target, shift) => target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true,
      view: window, button: 0, buttons: 1, clientX: clientX + shift, clientY: clientY + shift / 2 }));
    const times = [];
    let [most, whole] = [0, 0];
    const begin = box.getBoundingClientRect().left;
    fire("mousedown", box, 0);
    const first = await frame();
    for (let i = 0, last = first, shift = 0; i < ${FRAMES} && last - first < ${LONGEST_MS}; i++) {
      shift += i % 60 < 30 ? 4 : -4;
      fire("mousemove", window, shift);
      const now = await frame();
      times.push(now - last);
      [last, whole] = [now, now - first];
      most = Math.max(most, Math.abs((find() ?? box).getBoundingClientRect().left - begin));
    }
    fire("mouseup", window, 0);
    // One whose frames take seconds has not got round to it.
    if (most < 4 && whole >= ${LONGEST_MS}) return null;
    if (most < 4) throw new Error("The box did not move");
    return ${SHARE};
  })()`;
}
