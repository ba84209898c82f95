import { namesInFile, type Side, type SideStep } from "../../history/mod.ts";
import type { AttemptRecord, Journal, RunRecord } from "../../ports/store.ts";

/** A step as the page tells of it. */
export interface StepFact {
  readonly name: string;
  readonly standing: SideStep["standing"];
  readonly durationMs?: number;
  readonly peakBytes?: number;
  /** The vectors that were run, one for each part; those of an earlier run where it was found fresh. */
  readonly commands: readonly (readonly string[])[];
  /** The earlier run that did it, where it was found fresh. */
  readonly doneBy?: string;
  readonly error?: string;
}

/** A file that went in. */
export interface InputFact {
  readonly path: string;
  readonly digest: string;
  readonly kind: "script" | "module" | "input" | "file";
  readonly steps: readonly string[];
}

/** What became of the steps of a run, or of one point of it. */
export function stepFacts({ run, steps }: Side, journal: Journal): readonly StepFact[] {
  const attempts = new Map<string, readonly AttemptRecord[]>();
  const attemptsOf = (id: string) => attempts.get(id) ?? attempts.set(id, journal.attempts(id)).get(id)!;
  return steps.map((step) => {
    const doneBy = step.standing === "fresh" ? step.made[0]?.run : undefined;
    const own = attemptsOf(doneBy ?? run.id).filter((attempt) => attempt.step === step.keptAs);
    const last = new Map(own.map((attempt) => [attempt.part, attempt]));
    return {
      name: step.name,
      standing: step.standing,
      durationMs: step.durationMs,
      peakBytes: step.peakBytes,
      commands: [...last.values()].map(({ command }) => command).filter((command) => command.length > 0),
      doneBy,
      error: step.standing === "failed" ? own.findLast(({ error }) => error !== undefined)?.error : undefined,
    };
  });
}

/** Every file that went into any step, save what another one made. */
export function inputFacts({ steps }: Side): readonly InputFact[] {
  const found = new Map<string, { -readonly [K in keyof InputFact]: InputFact[K] }>();
  const made = new Set(steps.flatMap((step) => step.made.flatMap(({ outputs }) => outputs.map(([path]) => path))));
  for (const { name, made: parts } of steps) {
    for (const { fingerprint: { script, imports, inputs, files } } of parts) {
      const add = (kind: InputFact["kind"]) => ([path, digest]: readonly [string, string]) => {
        const key = `${path}\0${digest}`;
        const known = found.get(key);
        if (known === undefined) found.set(key, { path, digest, kind, steps: [name] });
        else if (!known.steps.includes(name)) known.steps = [...known.steps, name];
      };
      add("script")(script);
      imports.forEach(add("module"));
      inputs.filter(([path]) => !made.has(path)).forEach(add("input"));
      files.filter(([path]) => !made.has(path)).forEach(add("file"));
    }
  }
  return [...found.values()];
}

/** The steps of a sweep, counted over its points. */
export interface StepSum {
  readonly name: string;
  readonly standings: ReadonlyMap<SideStep["standing"], number>;
  readonly durationMs: number;
}

/** {@linkcode stepFacts} of a sweep as a whole: one line for each step, whatever the point. */
export function stepSums({ steps }: Side, run: RunRecord, journal: Journal): readonly StepSum[] {
  const nameInFile = namesInFile(journal.points(run.id));
  const sums = new Map<string, { standings: Map<SideStep["standing"], number>; durationMs: number }>();
  for (const { name, standing, durationMs = 0 } of steps) {
    const bare = nameInFile(name);
    const sum = sums.get(bare) ?? { standings: new Map(), durationMs: 0 };
    sum.standings.set(standing, (sum.standings.get(standing) ?? 0) + 1);
    sums.set(bare, { ...sum, durationMs: sum.durationMs + durationMs });
  }
  return [...sums].map(([name, sum]) => ({ name, ...sum }));
}
