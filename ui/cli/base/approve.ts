/**
 * The person at the terminal, as the gate knows them: where a wish comes from, and who says yes to it.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import type { Problem } from "../../../core/errors.ts";
import { type Gate, loadRules, originOf } from "../../../core/gate/mod.ts";
import type { Origin } from "../../../core/ports/policy.ts";
import type { Store } from "../../../core/ports/store.ts";
import type { Terminal } from "./terminal.ts";

/** Where wishes of this process come from. */
export function originHere(
  env: Readonly<Record<string, string>>,
  { inputIsTerminal, errorIsTerminal }: Pick<Terminal, "inputIsTerminal" | "errorIsTerminal">,
): Origin {
  return originOf(env, inputIsTerminal && errorIsTerminal);
}

/** How a person is asked here; `undefined` if nobody can be. */
export function askerFor(origin: Origin, terminal: Terminal): Gate["ask"] {
  if (origin !== "human-tty") return undefined;
  return ({ text }) => {
    terminal.writeError(`${text}\nAllow it? [y/N] `);
    // The end of input is no answer, and no answer is no.
    const answer = terminal.readLine()?.trim().toLowerCase();
    return answer === "y" || answer === "yes";
  };
}

/** What a gate of the command line is made of. */
export interface GateParts {
  readonly terminal: Terminal;
  readonly context: Context;
  /** Whose log and approvals: the project's, or the user's own. */
  readonly store: Pick<Store, "audit" | "approvals">;
  /** Whether `--yes` was typed. */
  readonly yes?: boolean;
  /** Whose rules hold besides the person's; of the working directory unless given. */
  readonly project?: string;
  /** Hears what is odd about the files of rules. */
  readonly onProblems: (problems: readonly Problem[]) => void;
}

/**
 * The gate for what this command line wants done.
 *
 * @throws {LoomError} `rules-invalid`.
 */
export async function gateFor({ terminal, context, store, yes, project, onProblems }: GateParts): Promise<Gate> {
  const { env, cwd, clock, random, files, stores } = context;
  const origin = originHere(env, terminal);
  const home = env.HOME ?? env.USERPROFILE;
  const userState = env.LOOM_HOME || (home === undefined ? undefined : `${home}/.loom`);
  const place = { userState, home, project: project ?? stores.projectOf(cwd) };
  const { rules, problems } = await loadRules(place, files);
  onProblems(problems);
  return {
    rules,
    origin,
    yes,
    audit: store.audit,
    approvals: store.approvals,
    digest: (text) => files.digestText(text),
    env,
    clock,
    random,
    ask: askerFor(origin, terminal),
    note: (line) => terminal.writeError(`note: ${line}\n`),
  };
}
