/**
 * Arguments that a script declares and the file does not have: a handle each, or one handle for all where they are many.
 *
 * @module
 */

import type { Box, Handle } from "./canvas.ts";

/** The handle that stands for all of them. */
export const MORE = "arg:";

/** So many have a handle each. */
const FEW = 3;

/** The box with one handle for its unused arguments, if there are many; those it cannot do without stay. */
export function foldArgs(box: Box): Box {
  const more = box.handles.filter(isUnused);
  if (more.length <= FEW) return box;
  const fold: Handle = { id: MORE, name: `${more.length} more arguments`, side: "left", isOffered: true };
  return { ...box, handles: box.handles.flatMap((handle) => handle === more[0] ? [fold] : keep(handle)), more };
}

function isUnused({ id, isOffered, isRequired }: Handle): boolean {
  return id.startsWith(MORE) && isOffered === true && isRequired !== true;
}

function keep(handle: Handle): readonly Handle[] {
  return isUnused(handle) ? [] : [handle];
}

/** Which of them a line to the handle of all can mean: the one that is called like where it comes from, or else each. */
export function argsFor({ more = [] }: Box, from: Box): readonly Handle[] {
  const plain = (name: string) => name.replace(/^-+/, "").replaceAll(/[-_ ]/g, "").toLowerCase();
  const called = more.filter(({ name }) => plain(name) === plain(from.copyOf ?? from.label));
  return called.length === 1 ? called : more;
}
