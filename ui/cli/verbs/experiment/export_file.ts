/**
 * `loom export FILE.yml --format make|sh`: the pipeline as a file that runs without loom.
 *
 * @module
 */

import { nearest, usage } from "../../../../core/errors.ts";
import { dirname, joinPath, relativePath } from "../../../../core/graph/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { displayPath, tellProblems } from "../../view/problems.ts";

/** What can be said about it. */
export interface ExportFileFlags {
  readonly format?: string;
  readonly out?: string;
}

type Format = "make" | "sh";

const FORMATS: readonly Format[] = ["make", "sh"];

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function exportParts(): Promise<typeof import("../../../../core/graph/export/mod.ts")> {
  return import(isReached ? "../../../../core/graph/export/mod.ts" : "../../../../core/graph/export/mod.ts");
}

/** Writes it to standard output, or into a file. */
export async function exportFile(file: string, flags: ExportFileFlags, host: Host): Promise<number> {
  const format = formatOf(flags);
  const [context, engine, { exportPipeline }] = [await host.context(), await host.engine(), await exportParts()];
  const { files, env, cwd } = context;
  const overrides = { parameters: new Map(), data: new Map() };
  const { pipeline, text, warnings } = await engine.loadPipeline(joinPath(cwd, file), context, overrides);
  tellProblems(warnings, host.terminal, cwd);
  const target = flags.out === undefined ? undefined : joinPath(cwd, flags.out);
  const folder = target === undefined ? "." : relativePath(pipeline.baseDir, dirname(target)) || ".";
  if (format === "make" && folder !== ".") {
    throw usage(`A Makefile has to lie beside the pipeline: ${flags.out}`, "or write it to standard output");
  }
  const made = await exportPipeline(pipeline, { format, text, env, files, folder });
  if (target === undefined) {
    host.terminal.write(made);
    return EXIT.done;
  }
  files.writeAtomic(target, made);
  if (format === "sh") files.makeExecutable(target);
  host.terminal.write(`Wrote ${displayPath(target, cwd)}.\n`);
  return EXIT.done;
}

function formatOf({ format, out }: ExportFileFlags): Format {
  const known = FORMATS.find((name) => name === format);
  if (known !== undefined) return known;
  if (format === undefined && out !== undefined) {
    if (out.endsWith(".sh")) return "sh";
    if (/(^|[/\\])(GNU)?[Mm]akefile$|\.mk$/.test(out)) return "make";
  }
  if (format === undefined) throw usage("Say how to export the pipeline", "--format make, or --format sh");
  const near = nearest(format, FORMATS);
  throw usage(
    `Option --format cannot be '${format}' for a pipeline`,
    near ? `did you mean '${near}'?` : "it is make or sh",
  );
}
