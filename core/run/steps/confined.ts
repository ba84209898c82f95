import { LoomError } from "../../errors.ts";
import type { StepSandbox, TaskStep } from "../../graph/pipeline.ts";
import { collapsePath, dirname, isInside, joinPath } from "../../paths.ts";
import type { Policy } from "../../ports/policy.ts";
import type { SandboxLimits, SandboxSpec } from "../../ports/sandbox.ts";
import type { Subject } from "../fresh/freshness.ts";
import type { Session } from "../session/session.ts";
import { programPlaces, type PythonPlaces, pythonPlaces } from "./python_places.ts";

/** A program as it is started in a sandbox. */
export type Confined = Pick<SandboxSpec, "argv" | "cwd" | "env"> & {
  readonly policy: Policy;
  readonly limits: SandboxLimits;
};

/** The program of a step, before anything holds it in. */
export interface Loose {
  readonly task: TaskStep;
  readonly subject: Subject;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Where its outputs go now: beside them, if they are staged. */
  readonly outputs: readonly string[];
}

/** Variables that a step in a sandbox has besides its own. */
const COMMON = ["PATH", "LANG"];

/**
 * The program of a step with `sandbox`, with what it may touch: it reads the project and its inputs, and writes where
 * its outputs go.
 *
 * @throws {LoomError} `sandbox-output` if that would be the whole project.
 */
export async function confine(loose: Loose, sandbox: StepSandbox, session: Session): Promise<Confined> {
  const { task, subject, cwd } = loose;
  const { pipeline, context } = session;
  const python = subject.source.launcher.isPython ? await pythonPlaces(session) : undefined;
  const argv = python === undefined ? loose.argv : [python.program, ...loose.argv.slice(1)];
  const env = environment(task, session);
  const policy: Policy = {
    actor: `step ${subject.step.name}`,
    action: `run ${subject.source.task.script}`,
    tier: "workspace-write",
    read: real(readable(loose, python, session), session),
    write: real(writable(loose, sandbox, session), session),
    hosts: sandbox.hosts,
    programs: [argv[0]],
    variables: Object.keys(env),
  };
  const isShown = isInside(cwd, pipeline.baseDir) || task.cwd !== undefined;
  const start = isShown ? cwd : pipeline.baseDir;
  return { argv, cwd: context.files.realPath(start) ?? start, env, policy, limits: limitsOf(sandbox) };
}

function limitsOf({ memoryBytes }: StepSandbox): SandboxLimits {
  return memoryBytes === undefined ? {} : { memoryBytes };
}

function environment({ env }: TaskStep, { context }: Session): Readonly<Record<string, string>> {
  const common = COMMON.flatMap((name) => context.env[name] === undefined ? [] : [[name, context.env[name]]]);
  return { ...Object.fromEntries(common), HOME: "/tmp", PYTHONUNBUFFERED: "1", ...Object.fromEntries(env) };
}

function readable(
  { subject }: Loose,
  python: PythonPlaces | undefined,
  { pipeline, context }: Session,
): readonly string[] {
  const { task, localCopies } = subject.source;
  const inputs = task.inputs.flatMap(({ kind, value }) => kind === "path" ? [value] : localCopies.get(value) ?? []);
  const program = python === undefined ? programPlaces(subject.source.launcher.words[0], context) : python.folders;
  return [pipeline.baseDir, task.script, ...inputs, ...program];
}

function writable({ subject, outputs }: Loose, sandbox: StepSandbox, { pipeline }: Session): readonly string[] {
  const { baseDir } = pipeline;
  const made = [...subject.source.writes, ...outputs];
  const folders = made.map((path) => path === subject.source.task.into ? path : dirname(path));
  const whole = made.find((_, at) => isInside(baseDir, folders[at]));
  if (whole !== undefined && !sandbox.write.includes(".")) throw writesProject(whole, subject);
  return [...folders, ...sandbox.write.map((path) => collapsePath(joinPath(baseDir, path)))];
}

function writesProject(path: string, { step }: Subject): LoomError {
  return new LoomError(
    "sandbox-output",
    `Cannot hold step "${step.name}" in: to make ${path} it would have to write the whole project`,
    {
      hint: "let it write into a folder of its own, or say 'sandbox: {write: [.]}'",
      data: { step: step.name, path },
    },
  );
}

/** A sandbox shows what is there, by the names without links; what lies in the first one is shown with it. */
function real(paths: readonly string[], { context: { files } }: Session): readonly string[] {
  const [first, ...others] = paths.map((path) => files.realPath(path)).filter((path) => path !== undefined);
  if (first === undefined) return [];
  return [...new Set([first, ...others.filter((path) => !isInside(path, first))])];
}
