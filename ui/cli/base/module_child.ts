/**
 * Runs a person's module beside loom, as its author runs it: in a Deno of its own, with its own imports and settings.
 *
 * @module
 */

import { LoomError } from "../../../core/errors.ts";

/** What is to be done with a loop that the module exports. */
export interface ModuleJob {
  /** Absolute path. */
  readonly module: string;
  readonly action: "resume" | "fork";
  /** The run that is resumed or forked, and what tells its loop from others. */
  readonly run: { readonly id: string; readonly name: string; readonly specHash: string };
  readonly options: Readonly<Record<string, unknown>>;
  /** Where the module's relative paths begin. */
  readonly cwd: string;
}

/** A module at work. */
export interface ModuleChild {
  /** Resolves when it has ended; rejects with what the module, or the loop, refused. */
  readonly ended: Promise<void>;
  kill(signal: Deno.Signal): void;
}

/** Marks the line in which the child says how it went; ASCII's record separator. */
const MARK = "\x1e";

/** What the child runs. `job` stands before it. */
const SCRIPT = `
const tell = (told) => console.log("\\x1e" + JSON.stringify(told));
const isLoop = (it) => typeof it === "function" && typeof it.resume === "function" && typeof it.specHash === "string";
function pick(module) {
  if (isLoop(module.default)) return module.default;
  const loops = Object.values(module).filter(isLoop);
  return loops.length === 1 ? loops[0] : loops.find((it) => it.specHash === job.run.specHash) ??
    loops.find((it) => it.name === job.run.name) ?? { names: loops.map((it) => it.name) };
}
function failure(error, at) {
  const { code, message, hint } = error ?? {};
  return { at, code, message: message ?? String(error), hint, name: error?.name };
}
let at = "load";
try {
  const loop = pick(await import(job.url));
  if (!isLoop(loop)) tell({ at: "pick", names: loop.names });
  else {
    at = "run";
    if (job.action === "fork" && loop.fork === undefined) tell({ at: "sync" });
    else await loop[job.action](job.run.id, job.options);
  }
} catch (error) {
  tell(failure(error, at));
}
`;

/** What the child says when it could not do its job. */
interface Told {
  readonly at: "load" | "pick" | "sync" | "run";
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly names?: readonly string[];
}

/** Starts the module. What it prints goes to `print`, piece by piece. */
export function startModule(job: ModuleJob, print: (text: string) => void): ModuleChild {
  const child = spawn(job);
  return { ended: end(child, job, print), kill: (signal) => kill(child, signal) };
}

/** The line that does the same by hand. */
export function byHand({ module, action, run }: Pick<ModuleJob, "module" | "action" | "run">): string {
  const loop = `(m.default ?? m[${JSON.stringify(run.name)}])`;
  return `deno eval 'import * as m from ${JSON.stringify(module)}; await ${loop}.${action}(${JSON.stringify(run.id)})'`;
}

function spawn(job: ModuleJob): Deno.ChildProcess {
  const url = fileUrl(job.module);
  const code = `const job = ${JSON.stringify({ ...job, url })};\n${SCRIPT}`;
  const program = Deno.build.standalone ? "deno" : Deno.execPath();
  try {
    return new Deno.Command(program, {
      args: ["eval", "--quiet", ...settingsFor(job.module), code],
      cwd: job.cwd,
      stdin: "inherit",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new LoomError("deno-not-found", `Cannot run ${job.module}: there is no program 'deno' on the PATH`, {
      hint: `install Deno, or where it is: ${byHand(job)}`,
    });
  }
}

function fileUrl(path: string): string {
  return new URL(`file://${path.split("/").map(encodeURIComponent).join("/")}`).href;
}

/** The module's own settings, if it has any; else those of a loom that runs from source, so that `@loom/loom` is found. */
function settingsFor(module: string): readonly string[] {
  const own = nearestSettings(module);
  if (own !== undefined) return own.endsWith("package.json") ? [] : ["--config", own];
  return Deno.build.standalone
    ? []
    : ["--no-lock", "--config", decodeURIComponent(new URL("../../../deno.json", import.meta.url).pathname)];
}

function nearestSettings(module: string): string | undefined {
  for (let cut = module.lastIndexOf("/"); cut >= 0; cut = module.lastIndexOf("/", cut - 1)) {
    const folder = module.slice(0, cut);
    const name = ["deno.json", "deno.jsonc", "package.json"].find((name) => isFile(`${folder}/${name}`));
    if (name !== undefined) return `${folder}/${name}`;
    if (cut === 0) break;
  }
  return undefined;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    // Whatever the reason: it is not read.
    return false;
  }
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended in the meantime.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function end(child: Deno.ChildProcess, job: ModuleJob, print: (text: string) => void): Promise<void> {
  const told = await readOutput(child, print);
  const { code, signal } = await child.status;
  if (told !== undefined) throw refusal(told, job);
  if (code === 0 || signal === "SIGINT" || code === 130) return;
  throw new LoomError("module-failed", `Running ${job.module} ended with ${signal ?? `exit code ${code}`}`, {
    hint: "what it printed says why",
    data: { file: job.module },
  });
}

async function readOutput(child: Deno.ChildProcess, print: (text: string) => void): Promise<Told | undefined> {
  let told: Told | undefined;
  let rest = "";
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith(MARK)) told = JSON.parse(line.slice(1)) as Told;
      else print(`${line}\n`);
    }
  }
  if (rest !== "") print(`${rest}\n`);
  return told;
}

function refusal({ at, code, name, message = "", hint, names = [] }: Told, job: ModuleJob): LoomError {
  const data = { file: job.module };
  if (at === "pick") {
    const found = names.length === 0
      ? "it exports no loop"
      : `none of its loops (${names.join(", ")}) is '${job.run.name}'`;
    return new LoomError("no-loop", `Cannot ${job.action} run ${job.run.id} with ${job.module}: ${found}`, {
      hint: `export the loop '${job.run.name}' from it`,
      data,
    });
  }
  if (at === "sync") {
    return new LoomError("no-fork", `Cannot fork with ${job.module}: loopSync() does not fork`, { data });
  }
  if (at === "load") {
    return new LoomError("module-failed", `Cannot load ${job.module}: ${message.split("\n")[0]}`, { data });
  }
  return new LoomError(code ?? "internal", code === undefined ? `${name}: ${message}` : message, { hint });
}
