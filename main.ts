/**
 * Where loom starts: words in, exit code out. The only file that sees every layer.
 *
 * @module
 */

import { HostTerminal } from "./ui/cli/terminal.ts";

// Everything else is loaded when it is needed: asking for the version must cost nothing.
async function main(argv: readonly string[]): Promise<number> {
  const terminal = new HostTerminal();
  const { runCli } = await import("./ui/cli/main.ts");
  const code = await runCli(argv, {
    terminal,
    context: async () => (await import("./plugins/host/context.ts")).hostContext(),
    engine: () => import("./core/run/mod.ts"),
    cleaner: () => import("./core/run/clean.ts"),
    describer: () => import("./core/run/describe.ts"),
    investigator: () => import("./core/run/investigate.ts"),
    version,
  });
  terminal.flush();
  return code;
}

async function version(): Promise<string> {
  return (await import("./deno.json", { with: { type: "json" } })).default.version;
}

if (import.meta.main) {
  if (Deno.args.length === 1 && Deno.args[0] === "--version") console.log(await version());
  else Deno.exit(await main(Deno.args));
}
