/**
 * A program in a sandbox of this machine, with a workspace of its own, as the tests of escapes start them.
 *
 * @module
 */

import { dirname } from "node:path";
import { sandboxRendering } from "../../core/gate/sandbox/mod.ts";
import type { Policy } from "../../core/ports/policy.ts";
import type { Sandboxed, Sandboxes, SandboxExit, SandboxLimits } from "../../core/ports/sandbox.ts";
import type { Subprocesses } from "../../core/ports/subprocess.ts";
import { hostSandboxes, type SandboxOptions } from "../../plugins/host/sandbox/mod.ts";
import { hostSubprocesses } from "../../plugins/host/subprocess/mod.ts";
import { realPython } from "./cli.ts";

let subprocesses: Subprocesses | undefined;

/** Sandboxes of this machine. */
export function sandboxesHere(options: Partial<SandboxOptions> = {}): Sandboxes {
  return hostSandboxes({
    subprocesses: () => subprocesses ??= hostSubprocesses(),
    rendering: () => Promise.resolve(sandboxRendering),
    searchPath: Deno.env.get("PATH"),
    ...options,
  });
}

/** What came of a program. */
export interface Held extends SandboxExit {
  readonly out: string;
  readonly err: string;
}

/** What a program may do besides the usual, and with what it is started. */
export interface Wish extends Partial<Policy> {
  readonly limits?: SandboxLimits;
  readonly env?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  /** The workspace unless given. */
  readonly cwd?: string;
}

/** A folder that programs may write, beside which there is a secret. Removed when disposed of. */
export class Cell implements Disposable {
  readonly #top: string;
  readonly workspace: string;
  /** Beside the workspace. */
  readonly outside: string;
  readonly sandboxes: Sandboxes;
  /** What programs tried and were kept from. */
  readonly blocked: string[] = [];

  constructor(options: Partial<SandboxOptions> = {}) {
    this.#top = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-held-" }));
    this.workspace = `${this.#top}/workspace`;
    this.outside = `${this.#top}/outside`;
    for (const folder of [this.workspace, this.outside]) Deno.mkdirSync(folder);
    Deno.writeTextFileSync(`${this.outside}/secret`, "canary");
    this.sandboxes = sandboxesHere(options);
  }

  /** Starts a shell script in the workspace. */
  start(script: string, wish: Wish = {}, onOutput?: (stream: string, text: string) => void): Promise<Sandboxed> {
    const { limits, env, argv = ["sh", "-c", script], cwd = this.workspace, ...policy } = wish;
    return this.sandboxes.start({
      argv,
      cwd,
      env: { PATH: "/usr/local/bin:/usr/bin:/bin", ...env },
      limits,
      onOutput,
      onBlocked: (what) => void this.blocked.push(what),
      policy: { ...USUAL, write: [this.workspace], programs: [argv[0]], ...policy },
    });
  }

  /** Runs it to its end. */
  async run(script: string, wish: Wish = {}): Promise<Held> {
    const text = { out: "", err: "" };
    const onOutput = (stream: string, piece: string) => void (text[stream === "stdout" ? "out" : "err"] += piece);
    const exit = await (await this.start(script, wish, onOutput)).exit;
    return { ...exit, ...text };
  }

  /** Runs a Python script to its end. */
  python(script: string, wish: Wish = {}): Promise<Held> {
    const read = [dirname(dirname(realPython)), ...(wish.read ?? [])];
    return this.run("", { ...wish, read, argv: [realPython, "-I", "-c", script] });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#top, { recursive: true });
  }
}

const USUAL: Omit<Policy, "write" | "programs"> = {
  actor: "test",
  action: "try to escape",
  tier: "workspace-write",
  read: [],
  hosts: [],
  variables: ["PATH"],
};
