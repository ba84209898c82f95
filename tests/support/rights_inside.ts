/**
 * Runs one command of loom and, at its first word, tries everything that a verb could do. Prints what was still possible.
 *
 * @module
 */

import { hostOn } from "../../compose/cli.ts";
import { runCli } from "../../ui/cli/main.ts";
import { fakeTerminal } from "./fake_terminal.ts";

/** Each does a thing that needs one class of rights. */
const ATTEMPTS: Readonly<Record<string, () => unknown>> = {
  read: () => Deno.readTextFileSync(new URL(import.meta.url)),
  write: () => Deno.writeTextFileSync(`${Deno.env.get("LOOM_HOME")}-written`, ""),
  env: () => Deno.env.get("HOME"),
  run: () => new Deno.Command(Deno.execPath(), { args: ["--version"] }).outputSync(),
  ffi: () => Deno.dlopen("no-such-library", {}).close(),
  sys: () => Deno.hostname(),
  net: () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(),
  worker: () => startWorker({ run: true }).terminate(),
};

function startWorker(permissions: Deno.PermissionOptions): Worker {
  return new Worker("data:text/javascript,", { type: "module", deno: { permissions } } as WorkerOptions);
}

function isPossible(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    // Whatever else goes wrong, it was let try.
    return !(error instanceof Deno.errors.NotCapable);
  }
}

let possible: readonly string[] | undefined;
const look = () => void (possible ??= Object.keys(ATTEMPTS).filter((name) => isPossible(ATTEMPTS[name])));
const [errors, terminal] = [[] as string[], fakeTerminal()];
const writeError = (text: string) => void errors.push(text);
const code = await runCli(Deno.args, hostOn({ ...terminal, write: look, writeError }));
console.log(JSON.stringify({ code, possible, errors: errors.join("") }));
Deno.exit(0);
