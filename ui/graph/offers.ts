/**
 * Handles for what a script declares, beside those for what the file has.
 *
 * @module
 */

import type { Handle, TaskFacts } from "./canvas.ts";

type Declared = ReadonlyMap<string, string | undefined>;

/** Inputs with the declared types. They go by their order: names of one's own make declared ones no offer. */
export function withInputs(written: readonly Handle[], declared: Declared | undefined): readonly Handle[] {
  const names = [...declared?.keys() ?? []];
  return typed(written, "in:", declared, written.every(({ name }, index) => names[index] === name));
}

/** Outputs with the declared types, and those that are declared only. */
export function withOutputs(written: readonly Handle[], declared: Declared | undefined): readonly Handle[] {
  return typed(written, "out:", declared, true);
}

/** Arguments, those first that the file has. What a script cannot do without keeps its place, filled or not. */
export function withArgs(written: readonly Handle[], task: TaskFacts | undefined): readonly Handle[] {
  if (task === undefined) return written;
  const required = task.required ?? new Set();
  const declared = new Map([...required].map((flag) => [flag, task.args.get(flag)] as const));
  for (const [flag, type] of task.args) declared.set(flag, type);
  return typed(written, "arg:", declared, true)
    .map((handle) => handle.isOffered && required.has(handle.name) ? { ...handle, isRequired: true } : handle);
}

/** With the declared types, and places for what is declared and not written, if they may be. */
function typed(
  written: readonly Handle[],
  prefix: string,
  declared: Declared | undefined,
  offers: boolean,
): readonly Handle[] {
  if (declared === undefined) return written;
  const known = written.map((handle) => {
    const type = declared.get(handle.name);
    return type === undefined ? handle : { ...handle, type };
  });
  if (!offers) return known;
  const side = prefix === "out:" ? "right" : "left";
  const names = new Set(written.map(({ name }) => name));
  const open = [...declared].filter(([name]) => !names.has(name));
  return [...known, ...open.map(([name, type]): Handle => ({ id: prefix + name, name, side, type, isOffered: true }))];
}
