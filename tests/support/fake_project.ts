import { pipelineStatus, runPipeline } from "../../core/run/mod.ts";
import type { RunControl, RunRequest, StepState } from "../../core/run/session/request.ts";
import type { Context } from "../../core/context.ts";
import type { RunEvent, RunFact } from "../../core/ports/events.ts";
import type { SubprocessSpec } from "../../core/ports/subprocess.ts";
import { fakeClock } from "./fake_clock.ts";
import { fakeContext } from "./fake_context.ts";
import { type FakeOutcome, type FakeProgram, fakeSubprocesses } from "./fake_subprocess.ts";
import { memoryFiles } from "./memory_files.ts";
import { type Followed, requestOf } from "./runs.ts";

/** A project whose disk, programs, store and time are all in memory. */
export interface FakeProjectOptions {
  /** Path in `/w` to text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Plays the scripts; the usual one writes what it reads to where `--o…` flags point. */
  readonly script?: FakeProgram;
  readonly context?: Partial<Context>;
}

const PYTHON = "/usr/bin/python3";

/** The project of `/w/pipeline.yml` with this text. Every file ending in `.py` that is named in it exists. */
export function fakeProject(yaml: string, { files: given = {}, script, context: parts }: FakeProjectOptions = {}) {
  const clock = fakeClock();
  const files = memoryFiles({}, () => clock.now());
  const scripts = [...yaml.matchAll(/[\w/]+\.py/g)].map(([name]) => [name, `# ${name}`]);
  const content: Readonly<Record<string, string>> = { "pipeline.yml": yaml, ...Object.fromEntries(scripts), ...given };
  for (const [name, text] of Object.entries(content)) files.write(`/w/${name}`, text);
  files.write(PYTHON, "x".repeat(5000), { executable: true });
  const play = script ?? ((spec: SubprocessSpec) => void copyScript(spec, files));
  const subprocesses = fakeSubprocesses((spec, stopped) =>
    isVersionCall(spec) ? tellVersion(spec) : play(spec, stopped)
  );
  const context = fakeContext({ files, clock, subprocesses, ...parts });
  return {
    files,
    clock,
    context,
    /** Scripts started so far, without the calls that ask for a version; each as its words without the interpreter. */
    started: (): readonly (readonly string[])[] =>
      subprocesses.started.filter((spec) => !isVersionCall(spec)).map((spec) => spec.argv.slice(1)),
    specs: () => subprocesses.started.filter((spec) => !isVersionCall(spec)),
    mostAtOnce: () => subprocesses.running.most,
    write: (name: string, text: string) => files.write(`/w/${name}`, text),
    read: (name: string) => files.readText(`/w/${name}`),
    store: () => context.stores.open("/w", () => {}),
    /** Runs it a second after whatever was before. */
    run: async (differences: Partial<RunRequest> = {}, control: Partial<RunControl> = {}): Promise<Followed> => {
      await clock.advance(1000);
      const events: RunEvent[] = [];
      const never = new AbortController().signal;
      const sink = (event: RunEvent) => void events.push(event);
      const listening = { sink, signal: never, killSignal: never, ...control };
      return { ...await runPipeline(requestOf("/w/pipeline.yml", differences), context, listening), events };
    },
    status: async (): Promise<readonly StepState[]> => {
      await clock.advance(1000);
      return await pipelineStatus(
        { file: "/w/pipeline.yml", overrides: { parameters: new Map(), data: new Map() } },
        context,
      );
    },
  };
}

function isVersionCall({ argv }: SubprocessSpec): boolean {
  return argv[1] === "-V";
}

function tellVersion({ onOutput }: SubprocessSpec): FakeOutcome {
  onOutput?.("stdout", "Python 3.11.7\n");
  return { exitCode: 0 };
}

/** A script: what it is, is told and reads, written to where each flag that starts with `--o` points. */
export function copyScript({ argv }: SubprocessSpec, files: ReturnType<typeof memoryFiles>): void {
  const [, script, ...words] = argv;
  const outputs = words.filter((_, i) => words[i - 1]?.startsWith("--o"));
  const others = words.filter((word) => !outputs.includes(word));
  const read = [script, ...others].map((word) => contentOf(word, files));
  for (const path of outputs) files.write(path, read.join("|"));
}

function contentOf(word: string, files: ReturnType<typeof memoryFiles>): string {
  if (files.stat(word)?.kind !== "directory") return files.readText(word) ?? word;
  return files.list(word).map(({ name }) => `${name}: ${contentOf(`${word}/${name}`, files)}`).sort().join("|");
}

/** The events of one kind, in order. */
export function ofType<T extends RunFact["type"]>(
  events: readonly RunEvent[],
  type: T,
): readonly Extract<RunEvent, { type: T }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
}

/** How each step ended: `done`, `failed: why`, `skipped: cause`, in order. */
export function endings(events: readonly RunEvent[]): Readonly<Record<string, string>> {
  const ended: Record<string, string> = {};
  for (const event of events) {
    if (event.type === "step_skipped") ended[event.step] = `skipped: ${event.reason.cause}`;
    if (event.type !== "step_finished") continue;
    const why = event.error ?? event.signal ?? event.exitCode;
    ended[event.step] = event.status === "failed" ? `failed: ${why}` : event.status;
  }
  return ended;
}
