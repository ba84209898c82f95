import { interrupted, LoomError } from "../../core/errors.ts";
import type { ExecContext, MlopsProvider } from "../../core/ports/mlops.ts";
import type { ExecExtras, ExecutionResult, RunRow, Task } from "../../core/ports/values.ts";
import { reportedMetrics } from "../../core/registry/mod.ts";
import { sendSignal } from "./send_signal.ts";

const MAX_OUTPUT = 10_000_000;
const TIMEOUT_MS = 60_000;

/** Runs a candidate, and writes what it raised where loom finds it. It guards, and does not confine. */
const DRIVER = `
import json, os, sys, traceback

def guard(event, args):
    if event == "open" and isinstance(args[0], str) and (args[2] & 3) and os.path.realpath(args[0]).startswith(os.path.realpath("input")):
        raise PermissionError(args[0])

code = sys.stdin.read()
sys.addaudithook(guard)
raised = None
try:
    exec(compile(code, "candidate.py", "exec"), {"__name__": "__main__"})
except SystemExit as error:
    if error.code not in (None, 0):
        raised = error
except BaseException as error:
    raised = error
if raised is not None:
    stack = [[f.filename, f.lineno or 0, f.name, f.line or ""] for f in traceback.extract_tb(raised.__traceback__)]
    with open(sys.argv[1], "w") as file:
        json.dump({"type": type(raised).__name__, "args": [str(it) for it in raised.args], "stack": stack}, file)
`;

interface Place {
  readonly folder: string;
  readonly task: Task;
}

/** Executes Python for real, one process for each candidate, without a sandbox: to see that the suite can be kept to. */
export function pythonMlops(python = "python3"): MlopsProvider {
  const rows: RunRow[] = [];
  let place: Place | undefined;
  const clear = async () => {
    if (place !== undefined) await Deno.remove(place.folder, { recursive: true });
    place = undefined;
  };
  return {
    name: "python",
    capabilities: () => ({
      language: "python",
      version: null,
      sessions: false,
      parallel: 4,
      timeout_ms: TIMEOUT_MS,
      flows: [],
    }),
    async setup(task) {
      await clear();
      place = await staged(task);
    },
    async execute(code, _resetSession, context = {}) {
      if (place === undefined) throw new LoomError("not-set-up", "Nothing has been set up");
      if (context.signal?.aborted) throw interrupted("The execution was called off");
      const { result, extras } = await executed(code, { python, folder: place.folder, context });
      const pathspec = `EvalCandidate/${rows.length + 1}`;
      const metric = Object.values(extras.reported).at(0) ?? null;
      const row = { pathspec, metric, successful: result.exc_type === null, tags: [], ts: new Date().toISOString() };
      rows.push({ flow: "EvalCandidate", experiment_id: place.task.experiment_id, ...row });
      await context.onExtras?.({ ...extras, pathspec });
      return result;
    },
    runFlow: (flow) => Promise.reject(new LoomError("unknown-flow", `Unknown flow '${flow}'`)),
    runs: (id) => Promise.resolve(rows.filter((row) => row.experiment_id === id)),
    teardown: clear,
  };
}

async function staged(task: Task): Promise<Place> {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["input", "working"]) await Deno.mkdir(`${folder}/${name}`);
    for await (const { name } of Deno.readDir(task.data_dir)) {
      await Deno.copyFile(`${task.data_dir}/${name}`, `${folder}/input/${name}`);
    }
  } catch (cause) {
    await Deno.remove(folder, { recursive: true });
    throw new LoomError("file-not-found", `Cannot read ${task.data_dir}`, { cause });
  }
  return { folder, task };
}

interface Execution {
  readonly python: string;
  readonly folder: string;
  readonly context: ExecContext;
}

async function executed(
  code: string,
  { python, folder, context: { signal, timeoutMs = TIMEOUT_MS } }: Execution,
): Promise<{ readonly result: ExecutionResult; readonly extras: ExecExtras }> {
  const raisedFile = `${folder}/${crypto.randomUUID()}.json`;
  const started = performance.now();
  // Both streams into one pipe, as a terminal would have them.
  const child = new Deno.Command(python, {
    args: ["-c", `import os; os.dup2(1, 2)\n${DRIVER}`, raisedFile],
    cwd: folder,
    env: { PATH: Deno.env.get("PATH") ?? "" },
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const stop = () => sendSignal(child, "SIGKILL");
  const limit = setTimeout(stop, timeoutMs);
  signal?.addEventListener("abort", stop);
  try {
    const [{ kept, dropped }, status] = await Promise.all([outputOf(child.stdout), child.status, feed(child, code)]);
    if (signal?.aborted) throw interrupted("The execution was called off");
    const seconds = (performance.now() - started) / 1_000;
    const isLate = status.signal !== null && seconds * 1_000 >= timeoutMs;
    const result = await resultOf(kept, {
      status,
      raisedFile,
      exec_time: isLate ? timeoutMs / 1_000 : seconds,
      isLate,
    });
    const reported = reportedMetrics([kept]);
    const ended = { exit_code: status.signal === null ? status.code : null, signal: status.signal };
    return { result, extras: { pathspec: null, reported, dropped_bytes: dropped, ...ended } };
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener("abort", stop);
  }
}

async function feed(child: Deno.ChildProcess, code: string): Promise<void> {
  const writer = child.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(code));
    await writer.close();
  } catch (error) {
    // It was ended before it had read: its status tells why.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

async function outputOf(
  stream: ReadableStream<Uint8Array>,
): Promise<{ readonly kept: string; readonly dropped: number }> {
  let [kept, dropped] = ["", 0];
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    if (kept.length < MAX_OUTPUT) kept += decoder.decode(bytes, { stream: true });
    else dropped += bytes.length;
  }
  return { kept, dropped };
}

interface Ending {
  readonly status: Deno.CommandStatus;
  readonly raisedFile: string;
  readonly exec_time: number;
  readonly isLate: boolean;
}

async function resultOf(kept: string, { status, raisedFile, exec_time, isLate }: Ending): Promise<ExecutionResult> {
  const ended = { term_out: [kept], exec_time };
  if (isLate) return { ...ended, exc_type: "TimeoutError", exc_info: { args: [] }, exc_stack: [] };
  if (status.signal !== null) {
    return { ...ended, exc_type: "ProcessDied", exc_info: { signal: status.signal }, exc_stack: [] };
  }
  try {
    const { type, args, stack } = JSON.parse(await Deno.readTextFile(raisedFile));
    return { ...ended, exc_type: type, exc_info: { args }, exc_stack: stack };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { ...ended, exc_type: null, exc_info: null, exc_stack: null };
  }
}
