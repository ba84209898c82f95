/**
 * Makes the single binary `dist/loom`, small enough, and proves that it runs with nothing around it.
 *
 * ```sh
 * deno task compile                                          # for this machine
 * deno task compile --start                                  # and compare its start with an empty program's
 * deno task compile --target aarch64-apple-darwin --output dist/loom-macos-arm64
 * ```
 *
 * On Linux x64 the runtime comes from the npm registry (see `denort.ts`), so that it works where nothing else can be
 * reached; with `--target`, and on other systems, Deno downloads its own.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { inRepository, must } from "./_run.ts";
import { bundle, bundleModule, bundlePlugin } from "./bundle.ts";
import { denoPair } from "./denort.ts";
import { medianStartMs, proveItRuns } from "./prove.ts";
import { buildPage } from "../compose/page.ts";

const MAX_SIZE_BYTES = 150 * 1024 * 1024;

/** Starting loom may take this many times as long as starting an empty program compiled the same way. */
const MAX_START_RATIO = 1.5;

/** Files that the binary carries beside its own, by path from the root of the repository, and as what they are kept. */
const EMBEDDED: readonly Embedded[] = [
  // Under other extensions than their own, or the compiler would take them for parts of the program.
  { from: () => fileURLToPath(import.meta.resolve("esbuild-wasm/esbuild.wasm")), as: "esbuild", packed: true },
  // Placing the boxes of drawings: a worker of its own, so that one text is all it needs.
  { from: () => fileURLToPath(import.meta.resolve("elkjs/lib/elk-worker.min.js")), as: "elk", packed: true },
  // Vega, with all that it needs as one text.
  { from: () => bundleModule("plugins/host/draw/vega.ts", "charts"), as: "charts", packed: true },
  // The page of `loom ui`, all of its files in one.
  { from: pageArchive, as: "page", packed: true },
  // Loom's own plugins, each as the one text that its worker is given.
  ...["files", "search", "shell", "git", "calculator"].map((name) => ({
    from: () => bundlePlugin(name),
    as: `plugin-${name}.bin`,
  })),
  // For this machine only: of other machines' packages none is here.
  { from: ripgrep, as: "ripgrep", packed: true, native: true },
];

/** One file to carry. */
interface Embedded {
  /** Where it is when the binary is made. */
  readonly from: () => string | Promise<string>;
  /** Its name in the folder of the bundle. */
  readonly as: string;
  /** Whether it is a program of this machine, and left out of binaries for others. */
  readonly native?: boolean;
  /**
   * Whether it is long, and kept as `.gz` with its digest as `.sha256`: every start of the binary reads all that it carries,
   * whether it is used or not.
   */
  readonly packed?: boolean;
}

async function pageArchive(): Promise<string> {
  await buildPage(inRepository("."));
  return inRepository("dist/page.json");
}

function ripgrep(): string {
  const [platform, arch] = [Deno.build.os === "windows" ? "win32" : Deno.build.os, Deno.build.arch];
  const path = `@vscode/ripgrep-${platform}-${arch === "x86_64" ? "x64" : "arm64"}/bin/rg`;
  return createRequire(import.meta.resolve("@vscode/ripgrep")).resolve(platform === "win32" ? `${path}.exe` : path);
}

/** How `deno compile` is called. */
interface Compiler {
  readonly deno: string;
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { target: { type: "string" }, output: { type: "string" }, start: { type: "boolean" } },
  });
  const output = inRepository(values.output ?? "dist/loom");
  const compiler = await compilerFor(values.target);
  const folder = `${output}.bundle`;
  const entry = await bundle(folder);
  await compile(compiler, entry, output, await embed(folder, values.target));
  const made = (values.target ?? Deno.build.target).includes("windows") ? `${output}.exe` : output;
  reportSize(made);
  if (values.target === undefined || values.target === Deno.build.target) await proveItRuns(made);
  if (values.start) await reportStart(compiler, made);
}

async function compilerFor(target: string | undefined): Promise<Compiler> {
  if (target !== undefined) return { deno: Deno.execPath(), env: {}, flags: ["--target", target] };
  if (Deno.build.target !== "x86_64-unknown-linux-gnu") return { deno: Deno.execPath(), env: {}, flags: [] };
  const { deno, denort } = await denoPair();
  // 2.7.11 trusts its own certificates only, unless told to trust the system's.
  return { deno, env: { DENORT_BIN: denort, DENO_TLS_CA_STORE: "system" }, flags: [] };
}

/** Puts what the binary carries beside the bundle. */
async function embed(folder: string, target: string = Deno.build.target): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { from, as, native = false, packed = false } of EMBEDDED) {
    if (native && target !== Deno.build.target) continue;
    const bytes = await Deno.readFile(inRepository(await from()));
    const files = packed
      ? { [`${as}.gz`]: gzipSync(bytes, { level: 9 }), [`${as}.sha256`]: new TextEncoder().encode(sha256(bytes)) }
      : { [as]: bytes };
    for (const [name, content] of Object.entries(files)) {
      await Deno.writeFile(join(folder, name), content);
      paths.push(join(folder, name));
    }
  }
  return paths;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function compile(
  compiler: Compiler,
  entry: string,
  output: string,
  carried: readonly string[] = [],
): Promise<void> {
  const sealed = ["--quiet", "--no-check", "--no-config", "--no-lock", "--no-npm", "--no-remote"];
  // All rights: whoever may start any program has them anyway, and Deno gives `/proc` to nothing less.
  // A code cache would lie in the temporary folder, which others may write to; of a bundle it saves nothing measurable.
  const parts = carried.flatMap((path) => ["--include", path]);
  const rights = ["--allow-all", "--no-prompt", "--unstable-worker-options"];
  const flags = [...sealed, ...rights, "--no-code-cache", ...compiler.flags, ...parts, "--output", output];
  await must([compiler.deno, "compile", ...flags, entry], { env: compiler.env });
}

function reportSize(path: string): void {
  const { size } = Deno.statSync(path);
  console.log(`${path}: ${(size / 1024 / 1024).toFixed(1)} MiB`);
  if (size > MAX_SIZE_BYTES) throw new Error(`The binary is larger than ${MAX_SIZE_BYTES} bytes: ${size}`);
}

async function reportStart(compiler: Compiler, path: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "loom-start-" });
  try {
    const [source, empty] = [join(folder, "empty.js"), join(folder, "empty")];
    await Deno.writeTextFile(source, "");
    await compile(compiler, source, empty);
    const [ours, floor] = await medianStartMs([[path, "--version"], [empty]]);
    const ratio = ours / floor;
    console.log(`Start: ${ours.toFixed(1)} ms; an empty program: ${floor.toFixed(1)} ms; ratio ${ratio.toFixed(2)}`);
    if (ratio > MAX_START_RATIO) throw new Error(`Starting takes more than ${MAX_START_RATIO} times an empty program`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
