/**
 * Pythons that hold the originals, to compare with, one for the analysis among the examples, and one with MLflow.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** An environment in `.test-env/` and what is installed in it. */
interface Environment {
  readonly name: string;
  readonly packages: readonly string[];
  /** Further words for pip. */
  readonly options?: readonly string[];
}

/** The original's runner imports send2trash without asking for it. PyYAML comes with them. */
const PIPELINES: Environment = { name: "original", packages: ["loom-pipeline==0.7.0", "send2trash"] };

/** The original's editor, with the server that it asks for. */
const EDITOR: Environment = { name: "original-ui", packages: ["loom-pipeline[ui]==0.7.0"] };

const REQUIREMENTS = new URL("../../examples/concrete/requirements.txt", import.meta.url);
/** Compiling all of the large packages takes longer than the few modules that are imported. */
const LARGE: readonly string[] = ["--no-compile", "--only-binary=:all:"];

const PARENT = fileURLToPath(new URL("../../.test-env/", import.meta.url));
/** Written last: without it the environment is half made. */
const READY = "ready";
const PYTHON = Deno.build.os === "windows" ? "Scripts/python.exe" : "bin/python";

const STALE_LOCK_MS = 10 * 60_000;
const POLL_MS = 200;

const made = new Map<string, Promise<string>>();

/**
 * Path of a Python that can import the original and PyYAML; made on first use, which needs the package index, and kept
 * in `.test-env/`. Safe to call from several test processes at once.
 *
 * @throws {Error} If there is no Python with `venv`, or the packages cannot be installed.
 */
export function originalPython(): Promise<string> {
  return pythonWith(PIPELINES);
}

/** The same with the original's editor. */
export function originalEditorPython(): Promise<string> {
  return pythonWith(EDITOR);
}

/** The same with loomc, the original of loops. */
export function loomcPython(version: "0.2.0" | "0.3.0"): Promise<string> {
  return pythonWith({ name: `loomc-${version}`, packages: [`loomc==${version}`] });
}

/** One with what the analysis among the examples asks for. */
export function analysisPython(): Promise<string> {
  const packages = Deno.readTextFileSync(REQUIREMENTS).split("\n").filter((line) => /^\w/.test(line));
  return pythonWith({ name: "analysis", packages, options: LARGE });
}

/** One with MLflow's own client. */
export function mlflowPython(): Promise<string> {
  return pythonWith({ name: "mlflow", packages: ["mlflow-skinny==3.17.2"], options: LARGE });
}

function pythonWith(environment: Environment): Promise<string> {
  const known = made.get(environment.name) ?? make(environment);
  made.set(environment.name, known);
  return known;
}

async function make(environment: Environment): Promise<string> {
  const lock = `${PARENT}${environment.name}.lock/`;
  while (!(await isReady(environment))) {
    if (!(await takeLock(lock))) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      continue;
    }
    try {
      if (!(await isReady(environment))) await build(environment);
    } finally {
      await Deno.remove(lock, { recursive: true });
    }
  }
  return folderOf(environment) + PYTHON;
}

function folderOf({ name }: Environment): string {
  return `${PARENT}${name}/`;
}

async function isReady(environment: Environment): Promise<boolean> {
  const wanted = environment.packages.join("\n");
  return await Deno.readTextFile(folderOf(environment) + READY).catch(absent) === wanted;
}

async function build(environment: Environment): Promise<void> {
  const [folder, { packages, options = [] }] = [folderOf(environment), environment];
  await Deno.remove(folder, { recursive: true }).catch(absent);
  await run(await realPython(), ["-m", "venv", folder]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await run(folder + PYTHON, [...pip, ...options, ...packages]);
  await Deno.writeTextFile(folder + READY, packages.join("\n"));
}

/** A folder is made by exactly one of those who try. One left behind by a killed test is taken over. */
async function takeLock(lock: string): Promise<boolean> {
  await Deno.mkdir(PARENT, { recursive: true });
  try {
    await Deno.mkdir(lock);
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  const stat = await Deno.stat(lock).catch(absent);
  const age = Date.now() - (stat?.mtime?.getTime() ?? Date.now());
  if (age > STALE_LOCK_MS) await Deno.remove(lock, { recursive: true }).catch(absent);
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
