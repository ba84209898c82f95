/**
 * `loom export ID`: all that is known of a run, for other programs.
 *
 * @module
 */

import { nearest, usage } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { type Document, type Exported, exportRun } from "../../../../core/loop/look/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { LoopCommand } from "../../words/command.ts";
import type { ExportFlags } from "../../words/loop_flags.ts";
import { readingRun } from "./find.ts";
import { type Kept, type Place, placeOf } from "../../base/place.ts";

/** How a run can be exported; a pipeline file has others. */
const FORMATS = ["json", "jsonl", "csv", "mlflow"] as const;

type Format = typeof FORMATS[number];

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function pipelineExports(): Promise<typeof import("./export_pipeline.ts")> {
  return import(isReached ? "./export_pipeline.ts" : "./export_pipeline.ts");
}

/** Prints one document, one a line, or a table; or writes it. */
export async function exportVerb(command: LoopCommand<"export">, host: Host): Promise<number> {
  const { words: [id], flags } = command;
  const format = formatOf(flags);
  const tools = flags.states ? await host.stateTools() : undefined;
  const place = await placeOf(flags, host);
  await readingRun(id, { place, host }, async (found, kept) => {
    if (format === "mlflow") return await toMlflow(found, kept, { place, host, flags });
    if (flags.out === undefined) host.revoke("export", "opened");
    if (format === "csv") {
      if (found.kind === "loop") throw notForLoops(format, found.id);
      return await deliver((await pipelineExports()).pipelineCsv(found.run, kept.pipelines!), flags, host);
    }
    const parts = found.kind === "loop"
      ? exportRun(kept.loops, found.run, { tools })
      : (await pipelineExports()).pipelineParts(found.run, kept.pipelines!);
    const written = format === "jsonl" ? lines(parts) : document(parts);
    if (flags.out === undefined) { for await (const text of written) host.terminal.write(text); }
    else await deliver((await Array.fromAsync(written)).join(""), flags, host);
  });
  return EXIT.done;
}

function formatOf({ format, json, jsonl }: ExportFlags): Format {
  const asked = [...(format === undefined ? [] : [format]), ...(json ? ["json"] : []), ...(jsonl ? ["jsonl"] : [])];
  if (asked.length === 0) {
    throw usage("Say how to export", "--json is one document, --jsonl one a line, --format csv or mlflow");
  }
  if (new Set(asked).size > 1) throw usage(`A run is exported in one way: ${asked.join(", ")} exclude each other`);
  const found = FORMATS.find((it) => it === asked[0]);
  if (found !== undefined) return found;
  const near = nearest(asked[0], FORMATS);
  const hint = near === undefined
    ? `one of ${FORMATS.join(", ")}; of a pipeline file make or sh`
    : `did you mean '${near}'?`;
  throw usage(`Option --format cannot be '${asked[0]}'`, hint);
}

function notForLoops(format: Format, id: string) {
  return usage(`Run ${id} is one of a loop; --format ${format} is for runs of pipelines`, "loops have json and jsonl");
}

type Found = Parameters<Parameters<typeof readingRun>[2]>[0];

async function toMlflow(
  found: Found,
  { pipelines }: Kept,
  { place, host, flags }: { readonly place: Place; readonly host: Host; readonly flags: ExportFlags },
): Promise<void> {
  if (found.kind === "loop") throw notForLoops("mlflow", found.id);
  const text = await (await pipelineExports()).pipelineMlflow(found.run, pipelines!, { place, out: flags.out });
  host.terminal.write(text);
}

async function deliver(text: string, { out }: ExportFlags, host: Host): Promise<void> {
  if (out === undefined) return host.terminal.write(text);
  const { files, cwd } = await host.context();
  files.writeAtomic(joinPath(cwd, out), text);
  host.terminal.write(`Wrote ${out}\n`);
}

type Parts = AsyncIterable<Exported> | Iterable<Exported>;

async function* lines(parts: Parts): AsyncIterable<string> {
  for await (const { type, document } of parts) yield `${JSON.stringify({ type, ...document })}\n`;
}

async function* document(parts: Parts): AsyncIterable<string> {
  let run: Document = {};
  const lists: Record<Exclude<Exported["type"], "run">, Document[]> = { step: [], attempt: [], event: [] };
  for await (const { type, document } of parts) {
    if (type === "run") run = document;
    else lists[type].push(document);
  }
  const whole = { run, steps: lists.step, attempts: lists.attempt, events: lists.event };
  yield `${JSON.stringify(whole, null, 2)}\n`;
}
