import { fileURLToPath } from "node:url";
import { denoPair } from "../../../_tools/denort.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A binary of a module of the tests, made the way loom's is, by the same Deno. */
export async function compiled(module: URL, folder: string): Promise<string> {
  const [bundle, binary] = [`${folder}/bundle.js`, `${folder}/program`];
  await must([Deno.execPath(), "bundle", "--quiet", "--platform", "deno", "--output", bundle, fileURLToPath(module)]);
  const pair = Deno.build.target === "x86_64-unknown-linux-gnu" ? await denoPair() : undefined;
  const sealed = ["--quiet", "--no-check", "--no-config", "--no-lock", "--no-npm", "--no-remote", "--no-code-cache"];
  const rights = ["--allow-all", "--no-prompt", "--unstable-worker-options"];
  const env = pair && { DENORT_BIN: pair.denort, DENO_TLS_CA_STORE: "system" };
  await must([pair?.deno ?? Deno.execPath(), "compile", ...sealed, ...rights, "--output", binary, bundle], env);
  return binary;
}

async function must([program, ...args]: readonly string[], env?: Record<string, string>): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args, env, cwd: ROOT, stdout: "null" }).output();
  if (!success) throw new Error(`Cannot run ${program} ${args.join(" ")}\n${new TextDecoder().decode(stderr)}`);
}
