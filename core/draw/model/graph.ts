/**
 * A pipeline as a drawing has it: things, and lines between them. Data only.
 *
 * @module
 */

/** What a node is. */
export type NodeKind = "step" | "data" | "parameter" | "group";

/** What a step is, more closely. `until` is the question that ends a repeated group. */
export type StepKind = "task" | "condition" | "switch" | "until";

/** One thing. */
export interface GraphNode {
  /** Unique: `step:NAME`, `data:KEY`, `parameter:NAME`, `group:NAME`, `file:PATH`; inner steps are `step:GROUP/NAME`. */
  readonly id: string;
  readonly kind: NodeKind;
  /** What people read. */
  readonly label: string;
  /** Of steps and repeated groups as `loom status` has it; of data `present` or `missing`; `null` where there is none. */
  readonly state: string | null;
  readonly step?: StepKind;
  /** Type of a data entry, as written. */
  readonly type?: string;
  /** The script, the predicate, the path or the value: one line. */
  readonly detail?: string;
  readonly description?: string;
  /** Id of the group that it lies in. */
  readonly group?: string;
  readonly optional?: boolean;
  readonly disabled?: boolean;
  /** Of a step that runs once for each file: which files, such as `*.txt`. */
  readonly each?: string;
  /** Of a repeated group: how often at most. */
  readonly iterations?: number;
  /** How many values a sweep tries of a parameter. */
  readonly tries?: number;
  /** Of the last run that did it. */
  readonly durationMs?: number;
}

/** What a line says. `order`: the one decides about the other; `nested`: a file in a folder. */
export type EdgeKind = "input" | "output" | "argument" | "branch" | "order" | "feedback" | "nested";

/** One line, from where something comes to where it goes. */
export interface GraphEdge {
  readonly source: string;
  readonly target: string;
  /** Name of the input, or the flag; empty if it has none. */
  readonly label: string;
  readonly kind: EdgeKind;
  /** Which branch of a switch it comes from. */
  readonly branch?: "then" | "else";
}

/** A whole pipeline. */
export interface Graph {
  /** Name of the file, without its folder. */
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What a sweep tries: names of parameters, and how many values each. */
  readonly sweep: readonly { readonly name: string; readonly tries: number }[];
}
