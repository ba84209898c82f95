/**
 * Where loom starts: words in, exit code out.
 *
 * @module
 */

/** Either half of the command line; `undefined` when the words are for the other one. */
interface Half {
  runMain(argv: readonly string[]): Promise<number | undefined>;
}

/** Words that a question about loom itself has in it: it needs no engine, and is answered without one. */
const QUICK = ["--help", "-h", "--version", "-V", "help"];

// What a plain `import("…")` names, Deno reads at the start, whether or not it is ever reached. What stands in a
// condition it reads when it is reached; bundlers follow both.
function load(quick: boolean): Promise<Half> {
  return import(quick ? "./ui/cli/quick.ts" : "./composition.ts");
}

async function main(argv: readonly string[]): Promise<number> {
  const quick = argv.length === 0 || argv.some((word) => QUICK.includes(word));
  const code = quick ? await (await load(true)).runMain(argv) : undefined;
  return code ?? await (await load(false)).runMain(argv) ?? 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
