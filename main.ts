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

/** What loom is started with inside a sandbox, to take a program's connections to the proxy outside. */
const RELAY = "__relay";

// What a plain `import("…")` names, Deno reads at the start, whether or not it is ever reached. What stands in a
// condition it reads when it is reached; bundlers follow both.
function load(quick: boolean): Promise<Half> {
  return import(quick ? "./ui/cli/quick.ts" : "./compose/cli.ts");
}

function loadRelay(argv: readonly string[]): Promise<{ relay(argv: readonly string[]): Promise<number> }> {
  return import(argv[0] === RELAY ? "./plugins/host/sandbox/egress/relay.ts" : "./compose/cli.ts");
}

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === RELAY) return await (await loadRelay(argv)).relay(argv.slice(1));
  const quick = argv.length === 0 || argv.some((word) => QUICK.includes(word));
  const code = quick ? await (await load(true)).runMain(argv) : undefined;
  return code ?? await (await load(false)).runMain(argv) ?? 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
