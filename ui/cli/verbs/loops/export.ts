/**
 * `loom export ID`: all that is known of a run.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import { type Document, type Exported, exportRun } from "../../../../core/loop/look/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { Terminal } from "../../base/terminal.ts";
import type { LoopCommand } from "../../words/command.ts";
import { pipelineDocument } from "../../view/pipeline_run.ts";
import { readingRun } from "./find.ts";
import { placeOf } from "../../base/place.ts";

/** Prints one document, or one a line. */
export async function exportVerb({ words: [id], flags }: LoopCommand<"export">, host: Host): Promise<number> {
  const { json, jsonl, states } = flags;
  if (json === jsonl) throw usage("Say how to export", "--json is one document, --jsonl one a line");
  const tools = states ? await host.stateTools() : undefined;
  const place = await placeOf(flags, host);
  await readingRun(id, { place, host }, async (found, { loops, pipelines }) => {
    host.revoke("export", "opened");
    const parts = found.kind === "loop"
      ? exportRun(loops, found.run, { tools })
      : pipelineParts(pipelineDocument(found.run, pipelines!));
    if (jsonl) await writeLines(parts, host.terminal);
    else await writeDocument(parts, host.terminal);
  });
  return EXIT.done;
}

function* pipelineParts({ attempts, events, ...run }: ReturnType<typeof pipelineDocument>): Iterable<Exported> {
  yield { type: "run", document: run };
  for (const document of attempts) yield { type: "attempt", document };
  for (const document of events) yield { type: "event", document };
}

type Parts = AsyncIterable<Exported> | Iterable<Exported>;

async function writeLines(parts: Parts, terminal: Terminal): Promise<void> {
  for await (const { type, document } of parts) terminal.write(`${JSON.stringify({ type, ...document })}\n`);
}

async function writeDocument(parts: Parts, terminal: Terminal): Promise<void> {
  let run: Document = {};
  const lists: Record<"step" | "attempt" | "event", Document[]> = { step: [], attempt: [], event: [] };
  for await (const { type, document } of parts) {
    if (type === "run") run = document;
    else lists[type].push(document);
  }
  const whole = { run, steps: lists.step, attempts: lists.attempt, events: lists.event };
  terminal.write(`${JSON.stringify(whole, null, 2)}\n`);
}
