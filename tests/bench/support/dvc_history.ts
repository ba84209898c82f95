/**
 * Experiments as DVC has them: commits of parameters and metrics.
 *
 * @module
 */

import type { Arena } from "./arena.ts";
import { venvProgram } from "./peers.ts";
import { runOnce } from "./race.ts";

/** A repository with so many commits, each with parameters and metrics of its own; gives its folder. */
export function makeCommits(arena: Arena, count: number): string {
  const cwd = arena.place("dvc");
  const git = (words: readonly string[]) => {
    const identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "init.defaultBranch=main"];
    return runOnce({ argv: ["git", ...identity, ...words], cwd, env: arena.env });
  };
  git(["init", "--quiet"]);
  runOnce({ argv: [venvProgram("dvc"), "init", "--quiet"], cwd, env: arena.env });
  Deno.writeTextFileSync(
    `${cwd}/dvc.yaml`,
    "stages:\n  train:\n    cmd: 'true'\n    params: [lr, epochs, seed]\nmetrics: [metrics.json]\n",
  );
  for (let at = 0; at < count; at++) {
    Deno.writeTextFileSync(`${cwd}/params.yaml`, `lr: ${at / 1000}\nepochs: 20\nseed: ${at % 10}\n`);
    Deno.writeTextFileSync(`${cwd}/metrics.json`, JSON.stringify({ acc: at / 10_000 }));
    git(["add", "."]);
    git(["commit", "--quiet", "--message", `run ${at}`]);
  }
  return cwd;
}
