import { looksSecret } from "../../graph/display.ts";
import type { Pipeline } from "../../graph/pipeline.ts";
import { asPath, branchOf, referenceName, resolveData, resolveText } from "../../graph/resolve.ts";
import { pyStr } from "../../yaml/value.ts";
import type { Graph, GraphEdge, GraphNode } from "./graph.ts";
import type { GraphFacts } from "./build.ts";

/** Where a text of a step comes from. */
export interface Origin {
  readonly id: string;
  readonly branch?: "then" | "else";
}

/** Order of kinds in the finished graph. */
const ORDER = ["group", "step", "data", "parameter"] as const;

/** Collects nodes and edges; what texts of steps stand for becomes a node when it is first met. */
export class Nodes {
  readonly pipeline: Pipeline;
  readonly #facts: GraphFacts;
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();
  /** Absolute path or address of an entry to its key: who writes the path out means the entry. */
  readonly #paths = new Map<string, string>();

  constructor(pipeline: Pipeline, facts: GraphFacts) {
    [this.pipeline, this.#facts] = [pipeline, facts];
    for (const key of pipeline.data.keys()) {
      const place = this.#placeOf(resolveData(pipeline, key, facts.env));
      if (place !== undefined && !this.#paths.has(place)) this.#paths.set(place, key);
    }
  }

  add(node: GraphNode): void {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node);
  }

  link(edge: GraphEdge): void {
    const { source, target, label, kind, branch } = edge;
    this.#edges.set([source, target, label, kind, branch ?? ""].join("\0"), edge);
  }

  /** The node that a text of a step stands for, as an input or output: a reference, or a path. */
  place(text: string): Origin {
    const branch = branchOf(this.pipeline, text);
    if (branch !== undefined) return { id: `step:${branch.step.name}`, branch: branch.branch };
    const name = referenceName(text);
    if (name !== undefined && this.pipeline.data.has(name)) return { id: this.data(name) };
    if (name !== undefined && this.pipeline.parameters.has(name)) return { id: this.parameter(name) };
    return { id: name === undefined ? this.#literal(text) : this.#unknown(text) };
  }

  /** As {@linkcode Nodes.place}, of an argument: plain text stands for itself there. */
  argument(text: string): Origin | undefined {
    return referenceName(text) === undefined ? undefined : this.place(text);
  }

  /** The entry whose file lies at this text's place, if there is one. */
  entryAt(text: string): string | undefined {
    const place = this.#resolve(text);
    const key = place === undefined ? undefined : this.#paths.get(place);
    return key === undefined ? undefined : this.data(key);
  }

  data(key: string): string {
    const id = `data:${key}`;
    const entry = this.pipeline.data.get(key);
    if (entry === undefined || this.#nodes.has(id)) return id;
    this.add({
      id,
      kind: "data",
      label: entry.label ?? key,
      state: this.#stateAt(this.#placeOf(resolveData(this.pipeline, key, this.#facts.env))),
      ...(entry.type !== undefined && { type: entry.type }),
      detail: entry.path,
      ...(entry.description !== undefined && { description: entry.description }),
    });
    if (entry.nestedIn !== undefined) {
      this.link({ source: this.data(entry.nestedIn), target: id, label: "", kind: "nested" });
    }
    return id;
  }

  parameter(name: string, tried?: readonly string[]): string {
    const id = `parameter:${name}`;
    const value = this.pipeline.parameters.get(name);
    if (value === undefined && tried === undefined) return id;
    const shown = tried?.join(", ") ?? pyStr(value!);
    const detail = looksSecret(name) ? "***" : shown;
    const node: GraphNode = { id, kind: "parameter", label: name, state: null, detail };
    if (tried !== undefined) this.#nodes.set(id, { ...node, tries: tried.length });
    else this.add(node);
    return id;
  }

  inOrder(): Graph["nodes"] {
    const all = [...this.#nodes.values()];
    return ORDER.flatMap((kind) => all.filter((node) => node.kind === kind));
  }

  edges(): Graph["edges"] {
    return [...this.#edges.values()];
  }

  #literal(text: string): string {
    const known = this.pipeline.data.has(text) ? this.data(text) : this.entryAt(text);
    if (known !== undefined) return known;
    const id = `file:${text}`;
    this.add({ id, kind: "data", label: text, state: this.#stateAt(this.#resolve(text)), detail: text });
    return id;
  }

  /** A name that nothing has: drawn as what is missing. */
  #unknown(text: string): string {
    this.add({ id: `data:${text}`, kind: "data", label: text, state: "missing" });
    return `data:${text}`;
  }

  #resolve(text: string): string | undefined {
    return this.#placeOf(asPath(this.pipeline, resolveText(this.pipeline, text, { env: this.#facts.env })));
  }

  #placeOf(resolved: ReturnType<typeof resolveData>): string | undefined {
    return resolved.kind === "path" ? resolved.path : resolved.kind === "url" ? resolved.url : undefined;
  }

  #stateAt(place: string | undefined): string | null {
    const { exists } = this.#facts;
    // An address is neither here nor missing, and of a `{name}` in a path nobody knows without looking for all that fit.
    if (exists === undefined || place === undefined || !place.startsWith("/") || /\{\w+\}/.test(place)) return null;
    return exists(place) ? "present" : "missing";
  }
}
