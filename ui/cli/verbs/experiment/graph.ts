/**
 * `loom graph FILE.yml`: the pipeline as a picture, or as a graph that other programs read.
 *
 * @module
 */

import type { Context } from "../../../../core/context.ts";
import type { Graph } from "../../../../core/draw/mod.ts";
import { isLoomError, nearest, type Problem, usage } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import type { Pipeline } from "../../../../core/graph/pipeline.ts";
import type { Look } from "../../base/engine.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { displayPath, tellProblems } from "../../view/problems.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import { toOverrides, toProject } from "../request.ts";

type Format = "svg" | "mermaid" | "dot" | "json";

const FORMATS: readonly Format[] = ["svg", "mermaid", "dot", "json"];

/** What the ending of a file's name tells. */
const BY_ENDING: Readonly<Record<string, Format>> = {
  svg: "svg",
  mmd: "mermaid",
  mermaid: "mermaid",
  dot: "dot",
  gv: "dot",
  json: "json",
};

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function drawParts(): Promise<typeof import("../../../../core/draw/mod.ts")> {
  return import(isReached ? "../../../../core/draw/mod.ts" : "../../../../core/draw/mod.ts");
}

/** Draws it to standard output or into a file. */
export async function graphVerb({ words: [file], flags }: ExperimentCommand<"graph">, host: Host): Promise<number> {
  const context = await host.context();
  const { terminal } = host;
  const format = formatOf(flags);
  if (format === "svg" && flags.out === undefined && terminal.canRedraw) {
    throw usage("A picture is no text to read", "name a file for it with --out FILE.svg, or send it elsewhere with >");
  }
  const look: Look = {
    file: joinPath(context.cwd, file),
    overrides: toOverrides(flags),
    python: flags.python,
    project: toProject(flags, context),
  };
  const text = await drawn(look, { ...flags, format }, host);
  if (flags.out === undefined) {
    terminal.write(text);
    return EXIT.done;
  }
  const target = joinPath(context.cwd, flags.out);
  context.files.writeAtomic(target, text);
  terminal.write(`Wrote ${displayPath(target, context.cwd)}.\n`);
  return EXIT.done;
}

function formatOf({ format, out, json }: ExperimentCommand<"graph">["flags"]): Format {
  const given = format === undefined ? undefined : FORMATS.find((name) => name === format);
  if (format !== undefined && given === undefined) {
    const near = nearest(format, FORMATS);
    const hint = near === undefined ? `it knows ${FORMATS.join(", ")}` : `did you mean '${near}'?`;
    throw usage(`Option --format cannot be '${format}'`, hint);
  }
  if (json && given !== undefined && given !== "json") throw usage(`--json and --format ${given} exclude each other`);
  const ending = out?.slice(out.lastIndexOf(".") + 1).toLowerCase() ?? "";
  const told = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
  if (given === undefined && !json && out !== undefined && told === undefined) {
    throw usage(`The ending of ${out} names no format`, `end it in .svg, .mmd, .dot or .json, or add --format`);
  }
  return given ?? (json ? "json" : told ?? "mermaid");
}

interface Wish {
  readonly format: Format;
  readonly parameters?: boolean;
  readonly down?: boolean;
}

async function drawn(look: Look, { format, parameters, down }: Wish, host: Host): Promise<string> {
  const [context, draw, { loadPipeline }] = [await host.context(), await drawParts(), await host.engine()];
  const { pipeline, text, warnings } = await loadPipeline(look.file, context, look.overrides);
  tellProblems(warnings, host.terminal, context.cwd);
  const whole = draw.graphOf(pipeline, {
    env: context.env,
    states: await statesOf(look, host, context),
    durations: durationsOf(pipeline, look, { context, draw }),
    exists: (path) => context.files.stat(path) !== undefined,
  });
  const graph: Graph = parameters || format === "json" ? whole : draw.withoutParameters(whole);
  switch (format) {
    case "mermaid":
      return draw.mermaidText(graph);
    case "dot":
      return draw.dotText(graph);
    case "json":
      return `${JSON.stringify(draw.graphDocument(graph, draw.canvasPositions(graph, text)), null, 2)}\n`;
    case "svg":
      return await draw.graphSvg(graph, {
        layouter: await host.layouter(),
        direction: down ? "down" : "right",
        positions: down ? undefined : draw.canvasPositions(graph, text),
        onPlain: () => tellProblems([PLAIN], host.terminal, context.cwd),
      });
  }
}

const PLAIN: Problem = {
  level: "hint",
  code: "drawn-plainly",
  message: "The pipeline is too large to find the best places in time; it is drawn in plain columns",
};

/** What `loom status` tells. A pipeline that could not run now has a shape all the same. */
async function statesOf(look: Look, host: Host, context: Context): Promise<ReadonlyMap<string, string> | undefined> {
  const { pipelineStatus } = await host.engine();
  try {
    const states = await pipelineStatus(look, context);
    return new Map(states.map(({ name, state }) => [name, state]));
  } catch (error) {
    if (!isLoomError(error)) throw error;
    tellProblems([unknownStates(error.message), ...error.problems], host.terminal, context.cwd);
    return undefined;
  }
}

function unknownStates(why: string): Problem {
  return { level: "warning", code: "no-states", message: `Drawn without the states of the steps: ${why}` };
}

function durationsOf(
  pipeline: Pipeline,
  look: Look,
  { context, draw }: { readonly context: Context; readonly draw: typeof import("../../../../core/draw/mod.ts") },
): ReadonlyMap<string, number> {
  const project = look.project ?? context.stores.projectOf(look.file);
  const store = context.stores.openReadOnly(project);
  try {
    return store === undefined ? new Map() : draw.lastDurations(pipeline, project, store.journal);
  } finally {
    store?.close();
  }
}
