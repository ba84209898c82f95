/**
 * `loom doctor`: whether this machine has what loom needs, and what to do where it has not.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { printable } from "../../../core/config/mod.ts";
import { examine, type Finding, type FindingState } from "../../../core/doctor/mod.ts";
import { EXIT } from "../base/exit_code.ts";
import type { Host } from "../base/host.ts";
import { type Paint, type Palette, palette } from "../view/colors.ts";
import { tableLines } from "../view/table.ts";
import type { AuthorityCommand } from "../words/command.ts";
import { withoutSecrets } from "./config/shared.ts";

/** Prints a line for each check, or the document. 1 if any check failed. */
export async function doctorVerb({ flags }: AuthorityCommand<"doctor">, host: Host): Promise<number> {
  const context = await host.context();
  const { findings, environment } = await examine({
    context,
    prober: await host.prober(),
    plugins: async () => hasHome(context) ? await (await host.plugins(context)).shelf.list() : [],
  });
  const terminal = withoutSecrets(host, environment);
  const isGood = !findings.some(({ state }) => state === "fail");
  if (flags.json) terminal.write(`${JSON.stringify({ type: "doctor", ok: isGood, checks: findings })}\n`);
  else terminal.write(lines(findings, palette(terminal.color)));
  return isGood ? EXIT.done : EXIT.failed;
}

/** Plugins are kept there; without one there are none. */
function hasHome({ env }: Context): boolean {
  return [env.LOOM_HOME, env.HOME, env.USERPROFILE].some((folder) => folder !== undefined && folder !== "");
}

function lines(findings: readonly Finding[], paint: Palette): string {
  const rows = findings.flatMap(({ name, state, message, fix }) => {
    const row = [stateWord(state, paint), printable(name), printable(message)];
    return fix === undefined ? [row] : [row, ["", "", `${paint.dim("fix:")} ${printable(fix)}`]];
  });
  const count = (state: FindingState) => findings.filter((finding) => finding.state === state).length;
  const warned = count("warn") === 1 ? "1 warning" : `${count("warn")} warnings`;
  const sum = `${count("pass")} passed, ${warned}, ${count("fail")} failed`;
  return [...tableLines(rows), "", sum, ""].join("\n");
}

function stateWord(state: FindingState, paint: Palette): string {
  const paints: Readonly<Record<FindingState, Paint>> = { pass: paint.good, warn: paint.warn, fail: paint.bad };
  return paints[state](state.toUpperCase());
}
