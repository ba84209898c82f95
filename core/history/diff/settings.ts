import type { Scalar } from "../../ports/store.ts";
import { placesOf } from "../address.ts";
import { plainPaths, withoutPoint } from "./files.ts";
import type { Made, Side, SideStep } from "../side.ts";

/** What else was another: an argument, a variable, the interpreter. Absent where a run had none. */
export interface ComparedSetting {
  readonly step: string;
  readonly what:
    | "argument"
    | "environment"
    | "python"
    | "program"
    | "script"
    | "extra words"
    | "working folder"
    | "sandbox";
  /** Of the argument or variable. */
  readonly name?: string;
  readonly before?: string;
  readonly after?: string;
  /** The parameter whose change says the same. */
  readonly parameter?: string;
  /** In how many parts of the step, where it has several. */
  readonly parts: number;
}

interface Changed {
  readonly name: string;
  readonly before?: Scalar;
  readonly after?: Scalar;
  readonly same: boolean;
}

/** What differs between the steps that both runs did, save the files. */
export function settingsOf(a: Side, b: Side, parameters: readonly Changed[]): readonly ComparedSetting[] {
  const old = new Map(a.steps.map((step) => [step.name, step]));
  const changed = parameters.filter(({ same }) => !same);
  return b.steps.flatMap((step) => {
    const before = old.get(step.name);
    return before === undefined ? [] : ofStep([before, places(a)], [step, places(b)], changed);
  });
}

type Seen = readonly [step: SideStep, places: readonly string[]];

function places({ point }: Side): readonly string[] {
  return point === undefined ? [] : placesOf(point);
}

function ofStep([before, oldPlaces]: Seen, [after, newPlaces]: Seen, changed: readonly Changed[]) {
  const found = new Map<string, ComparedSetting>();
  const parts = new Map(before.made.map((made) => [made.part, made]));
  for (const made of after.made) {
    const was = parts.get(made.part);
    if (was === undefined) continue;
    for (const setting of differing(settingsIn(was, oldPlaces), settingsIn(made, newPlaces))) {
      const key = JSON.stringify(setting);
      const parameter = changed.find((it) => isText(it.before, setting.before) && isText(it.after, setting.after))
        ?.name;
      const known = found.get(key);
      found.set(key, { step: after.name, ...setting, parameter, parts: (known?.parts ?? 0) + 1 });
    }
  }
  return [...found.values()];
}

/** Kind and name to value. */
type Settings = ReadonlyMap<string, string>;

function settingsIn({ fingerprint }: Made, places: readonly string[]): Settings {
  const { args, env, python, interpreter, script, extra, cwd, sandbox } = fingerprint;
  const one = (what: ComparedSetting["what"], value: string | undefined) =>
    value === undefined ? [] : [[`${what}\0`, value] as const];
  return new Map([
    ...args.map(([flag, text]) => [`argument\0${flag}`, withoutPoint(text, places)] as const),
    ...env.map(([name, text]) => [`environment\0${name}`, text] as const),
    ...one("python", python),
    ...one("program", interpreter),
    ...one("script", script[0]),
    ...one("extra words", extra.length === 0 ? undefined : extra.join(" ")),
    ...one("working folder", cwd),
    ...one("sandbox", sandbox),
  ]);
}

function differing(before: Settings, after: Settings): readonly Omit<ComparedSetting, "step" | "parts">[] {
  const keys = [...new Set([...after.keys(), ...before.keys()])].filter((key) =>
    !isSameText(before.get(key), after.get(key))
  );
  return keys.map((key) => {
    const [what, name] = key.split("\0");
    return {
      what: what as ComparedSetting["what"],
      name: name === "" ? undefined : name,
      before: before.get(key),
      after: after.get(key),
    };
  });
}

/** Also a path in the folder of a point and the same path without a sweep. */
function isSameText(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return before === after || plainPaths(before).includes(after) || plainPaths(after).includes(before);
}

/** Whether an argument's text is what a script was handed for this value. */
function isText(value: Scalar | undefined, text: string | undefined): boolean {
  if (value === undefined || text === undefined) return value === text;
  return typeof value === "number" ? Number(text) === value : String(value).toLowerCase() === text.toLowerCase();
}
