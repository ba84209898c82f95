import type { PortFiles } from "./port_files.ts";

/** Execution of programs of lines, in memory. */
export function mlopsFiles(name: string): PortFiles {
  return { plugin: PLUGIN.replaceAll("NAME", name), test: TEST.replaceAll("NAME", name) };
}

const PLUGIN = `import { definePlugin } from "@loom/loom";

interface Context {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly onExtras?: (extras: object) => unknown;
}

interface Session {
  readonly experiment: string;
  readonly files: Map<string, string>;
  readonly names: Map<string, string>;
}

/** How a program ended: an exception of this class, or null for none. */
class Ended {
  constructor(readonly type: string | null, readonly message = "") {}
}

/** Stands in for the place where your data lies. */
const data = new Map([["/data/train.csv", "id,target\\n1,0\\n2,1\\n3,0\\n"]]);

const capabilities = { language: "lines", version: null, sessions: true, parallel: 1, timeout_ms: 60_000, flows: [] };
const maxOutput = 10_000_000;
const rows: { readonly experiment_id: string; readonly [field: string]: unknown }[] = [];
let session: Session | undefined;
let last: Promise<unknown> = Promise.resolve();

/** One line of a program. Put the call of your own executor here. */
function runLine(line: string, { files, names }: Session, print: (text: string) => void): void {
  const [word, first = "", ...more] = line.split(" ");
  const rest = [first, ...more].join(" ");
  if (word === "print" || word === "warn") return print(\`\${rest}\\n\`);
  if (word === "raise") throw new Ended(first, more.join(" "));
  if (word === "set") return void names.set(first, more.join(" "));
  if (word === "show" && names.has(first)) return print(\`\${names.get(first)}\\n\`);
  if (word === "show") throw new Ended("NameError", first);
  if (word === "read" && files.has(first)) return print(files.get(first)!);
  if (word === "read") throw new Ended("FileNotFoundError", first);
  if (word === "write" && !first.startsWith("working/")) throw new Ended("PermissionError", first);
  if (word === "write") return void files.set(first, more.join(" "));
  if (word === "variable") return print("unset\\n");
  if (word === "flood") return print("x".repeat(Number(first)));
  if (word === "loop") throw new Ended("TimeoutError", "it took too long");
  if (word === "die") throw new Ended("ProcessDied");
  if (word === "exit") throw new Ended(null);
  throw new Ended("SyntaxError", line);
}

function runProgram(code: string, on: Session) {
  const output: string[] = [];
  let size = 0;
  let dropped = 0;
  const print = (text: string) => {
    const kept = text.slice(0, maxOutput - size);
    [size, dropped] = [size + kept.length, dropped + text.length - kept.length];
    output.push(kept);
  };
  try {
    for (const line of code.split("\\n").filter((it) => it !== "")) runLine(line, on, print);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return { output, dropped, ended: error.type === null ? undefined : error };
  }
  return { output, dropped, ended: undefined };
}

async function execute(code: string, resetSession = true, context: Context = {}) {
  if (session === undefined) throw failure("not-set-up", "Nothing has been set up");
  // A caller that aborts right after its call has done so by then.
  await new Promise((resolve) => setTimeout(resolve));
  if (context.signal?.aborted) throw failure("interrupted", "The execution was called off");
  if (resetSession) session.names.clear();
  const { output, dropped, ended } = runProgram(code, session);
  const limit = context.timeoutMs ?? capabilities.timeout_ms;
  const pathspec = \`EvalCandidate/\${rows.length + 1}\`;
  const reported = reportedBy(output.join(""));
  const metric = Object.values(reported)[0] ?? null;
  const how = { successful: ended === undefined, metric, tags: [], ts: new Date().toISOString() };
  rows.push({ pathspec, flow: "EvalCandidate", experiment_id: session.experiment, ...how });
  const exit_code = ended === undefined ? 0 : 1;
  await context.onExtras?.({ pathspec, reported, exit_code, signal: null, dropped_bytes: dropped });
  return {
    term_out: output,
    exec_time: ended?.type === "TimeoutError" ? limit / 1_000 : 0,
    exc_type: ended?.type ?? null,
    exc_info: ended === undefined ? null : { args: [ended.message] },
    exc_stack: ended === undefined ? null : [["program", 1, "", ended.message]],
  };
}

function reportedBy(text: string): Record<string, number> {
  const found = [...text.matchAll(/^LOOM_METRIC (\\S+?)=(-?[\\d.]+)$/gm)];
  return Object.fromEntries(found.map(([, name, value]) => [name, Number(value)]));
}

/** loom tells errors apart by their code. */
function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const provider = {
  name: "NAME",
  capabilities: () => capabilities,
  setup(task: { readonly data_dir: string; readonly experiment_id: string }) {
    const found = [...data].filter(([path]) => path.startsWith(\`\${task.data_dir}/\`));
    if (found.length === 0) return Promise.reject(failure("file-not-found", \`No folder \${task.data_dir}\`));
    const files = new Map(found.map(([path, text]) => [\`input\${path.slice(task.data_dir.length)}\`, text]));
    session = { experiment: task.experiment_id, files, names: new Map() };
    return Promise.resolve();
  },
  /** One at a time, in the order in which they were asked for. */
  execute(code: string, resetSession?: boolean, context?: Context) {
    const mine = last.then(() => execute(code, resetSession, context));
    last = mine.catch(() => {});
    return mine;
  },
  runFlow: (flow: string) => Promise.reject(failure("unknown-flow", \`NAME knows no flow \${flow}\`)),
  runs: (experiment: string) => Promise.resolve(rows.filter((row) => row.experiment_id === experiment)),
  teardown() {
    session = undefined;
    return Promise.resolve();
  },
};

export default definePlugin({
  name: "NAME",
  version: "0.1.0",
  description: "Executes programs of lines",
  api: 1,
  permissions: {},
  provides: { mlops: { "NAME": provider } },
});
`;

const TEST = `import { deepEqual } from "node:assert/strict";
import plugin from "./mod.ts";

Deno.test("NAME executes a line", async () => {
  const mlops = plugin.provides.mlops["NAME"];
  await mlops.setup({ data_dir: "/data", experiment_id: "e" });
  const { term_out } = await mlops.execute("print hello");
  deepEqual(term_out, ["hello\\n"]);
});
`;
