import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { Sandboxes, SandboxSpec } from "../../core/ports/sandbox.ts";

/** Sandboxes to try, and programs for them. */
export interface SandboxesUnderTest {
  readonly make: () => Sandboxes;
  /** As on a machine without the means. */
  readonly unavailable: () => Sandboxes;
  /** A program of this name that is there. */
  readonly program: string;
  /** Arguments that make it end with this code. */
  readonly ends: (code: number) => readonly string[];
  /** Arguments that make it print its variables and end. */
  readonly printsVariables: readonly string[];
  /** Arguments that make it wait until it is told to end. */
  readonly waits: readonly string[];
}

/** What all {@linkcode Sandboxes} keep to. */
export function sandboxContract(name: string, under: SandboxesUnderTest): void {
  const sandboxes = under.make();
  const specOf = (args: readonly string[], rest: Partial<SandboxSpec> = {}): SandboxSpec => ({
    argv: [under.program, ...args],
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    policy: policyOf(under.program),
    ...rest,
  });

  Deno.test(`${name}: state() says what holds programs in, and says it again`, async () => {
    const state = await sandboxes.state();
    ok(state.available && state.version !== "");
    deepEqual(await sandboxes.state(), state);
  });

  Deno.test(`${name}: exit tells the code`, async () => {
    equal((await (await sandboxes.start(specOf(under.ends(0)))).exit).exitCode, 0);
    const { exitCode, limit } = await (await sandboxes.start(specOf(under.ends(3)))).exit;
    deepEqual([exitCode, limit], [3, undefined]);
  });

  Deno.test(`${name}: start() gives the variables that the policy names, and no others`, async () => {
    let text = "";
    const policy = { ...policyOf(under.program), variables: ["PATH", "WANTED"] };
    const env = { PATH: "/usr/bin:/bin", WANTED: "yes", OTHER: "no" };
    const onOutput: SandboxSpec["onOutput"] = (_, piece) => text += piece;
    await (await sandboxes.start(specOf(under.printsVariables, { policy, env, onOutput }))).exit;
    ok(text.includes("WANTED=yes") && !text.includes("OTHER"), text);
  });

  Deno.test(`${name}: start() refuses a program that the policy does not name`, async () => {
    const policy = policyOf("other");
    await rejects(sandboxes.start(specOf(under.ends(0), { policy })), { code: "program-not-allowed" });
  });

  Deno.test(`${name}: stop() ends a program, and may be asked again`, async () => {
    const program = await sandboxes.start(specOf(under.waits));
    await program.stop(10_000);
    ok((await program.exit).signal !== undefined);
    await program.stop(0);
  });

  Deno.test(`${name}: where nothing can hold programs in, none is started, and the way out is told`, async () => {
    const none = under.unavailable();
    const state = await none.state();
    ok(!state.available && state.reason !== "" && state.fix !== "");
    await rejects(none.start(specOf(under.ends(0))), { code: "sandbox-unavailable", hint: state.fix });
  });
}

function policyOf(program: string) {
  const nothing = { read: [], write: [], hosts: [], variables: ["PATH"] };
  return { actor: "test", action: "keep to the contract", tier: "read-only", ...nothing, programs: [program] } as const;
}
