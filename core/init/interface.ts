import { readArgparse, type ScriptArgument, type ScriptArguments } from "../python/argparse.ts";
import { readTaskSchema, type TaskSchema } from "../python/front_matter.ts";
import { Float, pyStr, type Value } from "../yaml/value.ts";
import { looksLikeFile, looksLikeOutput, type Worded } from "./words.ts";

/** A file that a script is told of. */
export interface FileUse {
  /** The flag; absent for a positional argument. */
  readonly flag?: string;
  /** Name without dashes. */
  readonly name: string;
  readonly type?: string;
  /** Path that the script takes by itself. */
  readonly preset?: string;
  /** What could not be told, for whoever reads the draft. */
  readonly note?: string;
}

/** A setting of a script. */
export interface Setting {
  readonly flag: string;
  readonly value: Value;
  readonly note?: string;
}

/** What a script takes, sorted by what it is for. */
export interface Interface {
  readonly inputs: readonly FileUse[];
  readonly outputs: readonly FileUse[];
  /** Files that it reads by a flag. */
  readonly files: readonly FileUse[];
  readonly settings: readonly Setting[];
  /** What was left out, a line each. */
  readonly notes: readonly string[];
  /** Whether it says anything at all of itself. */
  readonly isTold: boolean;
  /** Whether it answers a question instead of doing work. */
  readonly isCondition: boolean;
}

/** Reads it from the source; nothing is run. */
export function readInterface(source: string, path: string): Interface {
  const schema = readTaskSchema(source, path);
  const script = path.endsWith(".py") ? readArgparse(source) : undefined;
  const hasSchema = schema.inputs.size + schema.outputs.size + schema.args.size > 0;
  const sorted = script?.found ? fromArguments(script, schema) : fromSchema(schema);
  return {
    ...sorted,
    isTold: hasSchema || script?.found === true,
    isCondition: schema.kind === "condition",
    notes: script?.found && !script.complete
      ? [
        ...sorted.notes,
        `not all arguments could be read: ${script.reason ?? "the script makes some of them as it runs"}`,
      ]
      : sorted.notes,
  };
}

type Sorted = Pick<Interface, "inputs" | "outputs" | "files" | "settings" | "notes">;

function fromSchema({ inputs, outputs, args }: TaskSchema): Sorted {
  const settings: Setting[] = [];
  const notes: string[] = [];
  for (const [flag, arg] of args) {
    if (arg.default !== undefined) settings.push({ flag, value: arg.default });
    else if (arg.required) settings.push(chosen(flag, arg.choices?.[0] ?? placeholder(arg.type)));
    else notes.push(`${flag}: ${arg.description || "optional"}`);
  }
  return {
    inputs: Array.from(inputs, ([name, { type }]) => ({ name, type })),
    outputs: Array.from(outputs, ([flag, { type }]) => ({ flag, name: bare(flag), type })),
    files: [],
    settings,
    notes,
  };
}

function fromArguments(script: ScriptArguments, schema: TaskSchema): Sorted {
  const sorted = { inputs: [] as FileUse[], outputs: [] as FileUse[], files: [] as FileUse[] };
  const [settings, notes]: [Setting[], string[]] = [[], []];
  for (const argument of script.arguments) {
    if (argument.action === "exit") continue;
    if (argument.flags.length === 0) sorted.inputs.push(...positional(argument, schema));
    else {
      const made = option(argument, schema);
      if ("note" in made) notes.push(made.note);
      else if ("setting" in made) settings.push(made.setting);
      else sorted[made.use].push(made.file);
    }
  }
  return { ...sorted, settings, notes };
}

/** One name for each word that it takes; of those that may be absent only what has a default. */
function positional(argument: ScriptArgument, { inputs }: TaskSchema): readonly FileUse[] {
  const { dest: name, nargs, required } = argument;
  const preset = presetOf(argument);
  const type = inputs.get(name)?.type;
  if (typeof nargs === "number" && nargs > 1) {
    return Array.from({ length: nargs }, (_, at) => ({ name: `${name}_${at + 1}`, type }));
  }
  if (!required && preset === undefined && nargs !== "+") return [];
  const isMany = nargs === "*" || nargs === "+" || nargs === "...";
  const note = looksLikeOutput({ ...argument, flags: [] })
    ? "looks like something it writes, which loom can only give behind a flag"
    : isMany
    ? "it takes several; add more inputs below it"
    : undefined;
  return [{ name, type, preset, ...(note && { note }) }];
}

type Sort =
  | { readonly use: "outputs" | "files"; readonly file: FileUse }
  | { readonly setting: Setting }
  | { readonly note: string };

function option(argument: ScriptArgument, schema: TaskSchema): Sort {
  const { flags, action, required, type, choices, description } = argument;
  const flag = flagOf(argument, schema);
  const preset = presetOf(argument);
  const declared = flags.map((flag) => schema.outputs.get(flag)).find((port) => port !== undefined);
  const isSetting = flags.some((flag) => schema.args.has(flag));
  const worded: Worded = { flags, dest: argument.dest, description, preset };
  const takesWord = action === "value" && (argument.nargs === 1 || argument.nargs === "?");
  const mayBeFile = takesWord && (type === "str" || type === "unknown") && choices === undefined && !isSetting;
  const file = { flag, name: bare(flag.startsWith("--") ? flag : longest(flags)), preset };
  if (declared !== undefined) return { use: "outputs", file: { ...file, type: declared.type } };
  if (mayBeFile && looksLikeOutput(worded)) {
    return required || preset !== undefined ? { use: "outputs", file } : { note: `${flag}: optional, writes a file` };
  }
  if (mayBeFile && (required || preset !== undefined) && looksLikeFile(worded)) return { use: "files", file };
  if (action === "switch") return { setting: { flag, value: false } };
  if (!takesWord) return { note: `${flag}: ${description || "takes several words, which loom gives as one"}` };
  if (argument.default !== undefined && argument.default !== null) {
    return { setting: { flag, value: argument.default } };
  }
  if (required) return { setting: chosen(flag, choices?.[0] ?? placeholder(type)) };
  return { note: `${flag}: ${description || "optional"}` };
}

/** The flag that front matter knows it by, else the longest, which says most. */
function flagOf({ flags }: ScriptArgument, { outputs, args }: TaskSchema): string {
  return flags.find((flag) => outputs.has(flag) || args.has(flag)) ?? longest(flags);
}

function longest(flags: readonly string[]): string {
  return flags.toSorted((a, b) => b.length - a.length)[0];
}

function presetOf({ default: value }: ScriptArgument): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function bare(flag: string): string {
  return flag.replace(/^-+/, "").replaceAll("-", "_");
}

function chosen(flag: string, value: Value): Setting {
  return { flag, value, note: `${flag} must be given and has no default; ${pyStr(value)} stands in for one` };
}

function placeholder(type: string): Value {
  return type === "int" ? 1 : type === "float" ? new Float(1) : type === "bool" ? false : "value";
}
