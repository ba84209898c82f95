/**
 * A Python that holds the original, to compare with.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** What is installed; the original's runner imports send2trash without asking for it. PyYAML comes with them. */
const PACKAGES: readonly string[] = ["loom-pipeline==0.7.0", "send2trash"];

const FOLDER = fileURLToPath(new URL("../../.test-env/original/", import.meta.url));
const LOCK = fileURLToPath(new URL("../../.test-env/original.lock/", import.meta.url));
/** Written last: without it the environment is half made. */
const READY = `${FOLDER}ready`;
const PYTHON = `${FOLDER}${Deno.build.os === "windows" ? "Scripts/python.exe" : "bin/python"}`;

const STALE_LOCK_MS = 10 * 60_000;
const POLL_MS = 200;

let made: Promise<string> | undefined;

/**
 * Path of a Python that can import the original and PyYAML; made on first use, which needs the package index, and kept
 * in `.test-env/`. Safe to call from several test processes at once.
 *
 * @throws {Error} If there is no Python with `venv`, or the packages cannot be installed.
 */
export function originalPython(): Promise<string> {
  made ??= make();
  return made;
}

async function make(): Promise<string> {
  while (!(await isReady())) {
    if (!(await takeLock())) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      continue;
    }
    try {
      if (!(await isReady())) await build();
    } finally {
      await Deno.remove(LOCK, { recursive: true });
    }
  }
  return PYTHON;
}

async function isReady(): Promise<boolean> {
  const wanted = PACKAGES.join("\n");
  return await Deno.readTextFile(READY).catch(absent) === wanted;
}

async function build(): Promise<void> {
  await Deno.remove(FOLDER, { recursive: true }).catch(absent);
  await run(await realPython(), ["-m", "venv", FOLDER]);
  await run(PYTHON, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PACKAGES]);
  await Deno.writeTextFile(READY, PACKAGES.join("\n"));
}

/** A folder is made by exactly one of those who try. One left behind by a killed test is taken over. */
async function takeLock(): Promise<boolean> {
  await Deno.mkdir(fileURLToPath(new URL("../../.test-env/", import.meta.url)), { recursive: true });
  try {
    await Deno.mkdir(LOCK);
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  const stat = await Deno.stat(LOCK).catch(absent);
  const age = Date.now() - (stat?.mtime?.getTime() ?? Date.now());
  if (age > STALE_LOCK_MS) await Deno.remove(LOCK, { recursive: true }).catch(absent);
  return false;
}

/** The interpreter itself: what is first on the path may be a shim, or lack `venv`. */
async function realPython(): Promise<string> {
  const tried: string[] = [];
  const separator = Deno.build.os === "windows" ? ";" : ":";
  for (const folder of (Deno.env.get("PATH") ?? "").split(separator)) {
    const candidate = `${folder}/python3`;
    if (!((await Deno.stat(candidate).catch(absent))?.isFile)) continue;
    tried.push(candidate);
    const { success, stdout } = await new Deno.Command(candidate, {
      args: ["-c", "import ensurepip, venv, sys; print(sys.executable)"],
      stderr: "null",
    }).output();
    if (success) return new TextDecoder().decode(stdout).trim();
  }
  throw new Error(`No Python with venv and ensurepip found; tried ${tried.join(", ") || "the folders of PATH"}`);
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args: [...args], stdout: "null", stderr: "piped" })
    .output();
  if (!success) throw new Error(`Cannot run ${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

function absent(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
}
