/**
 * Everything a change must pass, cheapest first; goes on after a failure, so that one call tells all.
 *
 * @module
 */

import { show } from "./_run.ts";

const CHECKS: readonly (readonly [name: string, argv: readonly string[]])[] = [
  ["format", ["fmt", "--check", "--quiet"]],
  ["lint", ["lint", "--quiet"]],
  ["types", ["check", "--quiet"]],
  ["documentation", ["run", "-A", "_tools/check_docs.ts"]],
  ["tests", ["run", "-A", "_tools/run_tests.ts", ...Deno.args]],
];

const failed: string[] = [];
for (const [name, argv] of CHECKS) {
  console.log(`── ${name}`);
  if (await show([Deno.execPath(), ...argv]) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "ok" : `not ok: ${failed.join(", ")}`);
Deno.exit(failed.length === 0 ? 0 : 1);
