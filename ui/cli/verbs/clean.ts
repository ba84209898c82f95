/**
 * `loom FILE.yml --clean-list` and `--clean`: what the steps made, shown, asked about, removed.
 *
 * @module
 */

import type { CleanEntry, CleanPlan, CleanResult } from "../../../core/run/clean/mod.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import { EXIT } from "../base/exit_code.ts";
import type { RunFlags } from "../words/flags.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";
import { tellProblems } from "../view/problems.ts";

/** Shows, or asks and removes; a dry run only shows. Declining is no failure. */
export async function cleanVerb(
  { flags }: Extract<Command, { verb: "run" }>,
  host: Host,
  request: RunRequest,
): Promise<number> {
  const [{ loadPipeline }, cleaner, context] = [await host.engine(), await host.cleaner(), await host.context()];
  const loaded = await loadPipeline(request.file, context, request.overrides);
  tellProblems(loaded.warnings, host.terminal, context.cwd);
  const points = await cleaner.pointTargets(loaded, request, context);
  const plan = cleaner.planClean(loaded, context, { outside: flags.outside ?? false, points });
  if (flags.cleanList || flags.dryRun) return listPlan(plan, host);
  if (plan.refused.length > 0) throw cleaner.cleanRefused(plan);
  if (plan.entries.every((entry) => entry.kind === "absent")) return say(host, ["No data files to clean."]);
  say(host, [...planLines(plan, headline(flags)), ""]);
  if (!agreed(flags, host)) return say(host, ["Cancelled."]);
  return tellResult(await cleaner.executeClean(plan, context, { permanent: flags.permanent ?? false }), host);
}

function listPlan(plan: CleanPlan, host: Host): number {
  const absent = plan.entries.filter((entry) => entry.kind === "absent").length;
  const existing = plan.entries.length - absent;
  const missing = absent > 0 ? ["", `Missing (would be skipped): ${absent} file(s)`] : [];
  if (existing === 0) return say(host, ["No data files to clean (all paths are missing).", ...missing]);
  const lines = planLines(plan, "Data that would be cleaned:");
  return say(host, [...lines, "", `Total: ${existing} path(s) exist`, ...missing]);
}

/** What there is, with how much and a few names, and what stays. */
export function planLines(plan: CleanPlan, headline: string): readonly string[] {
  const existing = plan.entries.filter((entry) => entry.kind !== "absent" || entry.refused !== undefined);
  const kept = plan.protected.map(({ key }) => key).join(", ");
  return [
    headline,
    "",
    ...existing.flatMap(entryLines),
    ...(kept === "" ? [] : ["", `Kept, no step makes it: ${kept}`]),
  ];
}

function entryLines(entry: CleanEntry): readonly string[] {
  const isCounted = entry.kind === "folder" && entry.refused === undefined;
  const size = isCounted ? `dir, ${entry.fileCount} file(s)` : entry.kind === "folder" ? "dir" : entry.kind;
  const outside = entry.inside ? "" : ", OUTSIDE PIPELINE";
  const refused = entry.refused === undefined ? "" : `, REFUSED: ${entry.refused}`;
  const more = entry.fileCount > entry.sample.length ? ", …" : "";
  const sample = entry.sample.length === 0 ? [] : [`      ${entry.sample.join(", ")}${more}`];
  return [`  ${entry.key}: ${entry.path}  [${size}${outside}${refused}]`, ...sample];
}

function headline(flags: RunFlags): string {
  return flags.permanent ? "To be deleted for good:" : "To be moved to the trash:";
}

function agreed(flags: RunFlags, host: Host): boolean {
  if (flags.yes) return true;
  host.terminal.write(flags.permanent ? "Delete all of it for good? [y/N] " : "Move all of it to the trash? [y/N] ");
  host.terminal.flush();
  // The end of input is no answer, and no answer is no.
  const answer = host.terminal.readLine()?.trim().toLowerCase();
  return answer === "y" || answer === "yes";
}

function tellResult(result: CleanResult, host: Host): number {
  const trashed = result.paths.filter((path) => path.action === "trashed").length;
  const failures = result.paths.filter((path) => path.action === "failed");
  const counts = [
    ["Moved to trash", trashed],
    ["Permanently deleted", result.cleaned - trashed],
    ["Skipped (not found)", result.skipped],
    ["Failed", result.failed],
  ] as const;
  say(host, counts.filter(([, count]) => count > 0).map(([what, count]) => `${what}: ${count} file(s)`));
  say(host, failures.map(({ path, error }) => `  ${path}: ${error}`));
  return result.failed > 0 ? EXIT.failed : EXIT.done;
}

function say(host: Host, lines: readonly string[]): number {
  if (lines.length > 0) host.terminal.write(`${lines.join("\n")}\n`);
  return EXIT.done;
}
