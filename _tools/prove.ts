import { join } from "node:path";
import denoJson from "../deno.json" with { type: "json" };
import { must } from "./_run.ts";

/**
 * Starts a binary where nothing of this machine's set-up can help it: no variables, no caches, another folder.
 *
 * @throws {Error} When it does not say its version, or cannot read a pipeline.
 */
export async function proveItRuns(binary: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "loom-alone-" });
  const alone = {
    cwd: folder,
    clearEnv: true,
    env: { HOME: folder, DENO_DIR: join(folder, "deno"), ...windowsNeeds() },
  };
  try {
    const version = (await must([binary, "--version"], alone)).trim();
    if (!version.split(/\s+/).includes(denoJson.version)) throw new Error(`${binary} says it is version "${version}"`);
    await Deno.writeTextFile(join(folder, "one.yml"), "pipeline:\n  - {name: only, task: only.py}\n");
    const listed = await must([binary, "one.yml", "--list"], alone);
    if (!listed.includes("only.py")) throw new Error(`${binary} cannot list a pipeline:\n${listed}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * How long each command takes to start and end, measured in turns so that a busy machine burdens all alike.
 *
 * @returns Medians in milliseconds, in the order of `commands`.
 */
export async function medianStartMs(commands: readonly (readonly string[])[], rounds = 21): Promise<number[]> {
  const times: number[][] = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [program, ...args]] of commands.entries()) {
      const start = performance.now();
      await new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).output();
      times[index].push(performance.now() - start);
    }
  }
  return times.map((each) => each.sort((a, b) => a - b)[Math.floor(rounds / 2)]);
}

/** Without these two variables no program of Windows finds its libraries. */
function windowsNeeds(): Record<string, string> {
  const names = Deno.build.os === "windows" ? ["SystemRoot", "TEMP"] : [];
  return Object.fromEntries(names.map((name) => [name, Deno.env.get(name) ?? ""]));
}
