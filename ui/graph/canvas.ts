/**
 * A pipeline as the canvas has it: boxes with handles, and lines between handles. Data only.
 *
 * @module
 */

import type { Pipeline } from "../../core/graph/pipeline.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import { Builder } from "./canvas_builder.ts";
import { withHints } from "./hints.ts";

/** Where lines begin and end. `id` is `in:LABEL`, `arg:FLAG`, `out:FLAG`, `over`, `into`, `value`, `then`, `else`. */
export interface Handle {
  readonly id: string;
  readonly name: string;
  readonly side: "left" | "right";
  /** The type that the script declares, or that the data entry has. */
  readonly type?: string;
  /** What stands there, as written, unless a line does. */
  readonly text?: string;
  /** What stands there where a line does: `$lr`. */
  readonly reference?: string;
  /** The script declares it, and the file does not have it yet. */
  readonly isOffered?: boolean;
  /** The script cannot do without it, and the file does not have it yet. */
  readonly isRequired?: boolean;
}

/** One box. Ids are the keys of `layout:`: a step's name, `data_KEY`, `param_NAME`, and copies of parameters. */
export interface Box {
  readonly id: string;
  readonly kind: "step" | "data" | "parameter";
  readonly label: string;
  /** Of a step: task, condition, switch, repeated or loop; of data: its type; of a parameter: bool, num or str. */
  readonly type: string;
  /** Script, path or value. */
  readonly detail: string;
  readonly handles: readonly Handle[];
  /** Of a step: unused arguments that share one handle. */
  readonly more?: readonly Handle[];
  readonly group?: string;
  readonly optional?: boolean;
  readonly disabled?: boolean;
  /** Of a loop: what it goes over. */
  readonly summary?: string;
  /** Of a copy of a parameter: which one. */
  readonly copyOf?: string;
  /** Of a copy: whether the file keeps its place. */
  readonly isPlaced?: boolean;
  /** Of data: the folder it lies in. */
  readonly nestedIn?: string;
  /** What a person should look at, in words. */
  readonly hint?: string;
  /** Of data: its file is there and can be looked into. */
  readonly hasPreview?: boolean;
}

/** One line. */
export interface Line {
  readonly id: string;
  readonly source: string;
  readonly sourceHandle: string;
  readonly target: string;
  readonly targetHandle: string;
  /** From one iteration of a repeated group to the next. */
  readonly feedback?: boolean;
  /** From a folder to what lies in it. */
  readonly nested?: boolean;
}

/** Steps that belong together. */
export interface Group {
  readonly name: string;
  /** Ids of its boxes. */
  readonly members: readonly string[];
  readonly isRepeated: boolean;
  /** Of a repeated one: how often, and what ends it. */
  readonly summary?: string;
}

/** All of it. */
export interface Canvas {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** In order of appearance. */
  readonly groups: readonly Group[];
}

/** Nothing. */
export const EMPTY: Canvas = { boxes: [], lines: [], groups: [] };

/** What a script says it takes and makes: names, and types where it says them. */
export interface TaskFacts {
  readonly inputs: ReadonlyMap<string, string | undefined>;
  readonly outputs: ReadonlyMap<string, string | undefined>;
  readonly args: ReadonlyMap<string, string | undefined>;
  /** Arguments that it cannot do without. */
  readonly required?: ReadonlySet<string>;
}

/** What is known of a pipeline besides itself. */
export interface CanvasFacts {
  /** The whole file: keys without a value are places that can still be filled. */
  readonly value?: Value;
  /** What scripts declare, by the path that steps name them with; absent where nothing is declared. */
  readonly taskOf?: (task: string) => TaskFacts | undefined;
}

/** A pipeline as boxes and lines. */
export function canvasOf(pipeline: Pipeline, facts: CanvasFacts = {}): Canvas {
  const builder = new Builder(pipeline, facts);
  for (const step of pipeline.steps) builder.step(step);
  for (const entry of pipeline.data.values()) builder.data(entry);
  for (const [name, value] of pipeline.parameters) builder.parameter(name, value);
  builder.copies();
  return withHints(builder.canvas());
}
