import type { Script } from "../check/base/scripts.ts";
import { flowText } from "../edit/text/value_text.ts";
import { looksLikeOutput } from "../init/words.ts";
import type { ScriptArgument, ScriptArguments } from "../python/argparse.ts";
import type { TaskArg, TaskPort, TaskSchema } from "../python/front_matter.ts";
import { type Value, valueToJson } from "../yaml/value.ts";

/** An input or output of a script. */
export interface PortFact {
  /** Label of an input, flag of an output. */
  readonly name: string;
  readonly type?: string;
  readonly description: string;
}

/** A flag of a script. */
export interface ArgFact {
  readonly flag: string;
  /** `str`, `int`, `float`, `bool`, or whatever the script says. */
  readonly type: string;
  /** As a pipeline file would spell it. */
  readonly default?: string;
  readonly required: boolean;
  /** As JSON has them. */
  readonly choices?: readonly unknown[];
  readonly description: string;
}

/** What a script takes. */
export interface Interface {
  readonly description: string;
  readonly kind?: "condition";
  /** Where that was read. */
  readonly told: "front-matter" | "argparse" | "nothing";
  readonly inputs: readonly PortFact[];
  readonly outputs: readonly PortFact[];
  readonly args: readonly ArgFact[];
  /** Why it, or a part of it, could not be read. */
  readonly problem?: string;
}

/** What a script says of itself: its front matter, or else its `argparse`. */
export function interfaceOf(script: Script | undefined): Interface {
  if (script === undefined) return { description: "", told: "nothing", inputs: [], outputs: [], args: [] };
  const { schema, arguments: read, broken } = script;
  const { description, kind } = schema;
  const problem = broken ?? schema.problem;
  const common = { description, ...(kind && { kind }), ...(problem && { problem }) };
  if (schema.inputs.size + schema.outputs.size + schema.args.size > 0) return { ...common, ...declared(schema) };
  if (!read.found) return { ...common, told: "nothing", inputs: [], outputs: [], args: [] };
  return { ...common, ...(read.reason && { problem: read.reason }), ...parsed(read) };
}

type Told = Pick<Interface, "told" | "inputs" | "outputs" | "args">;

function declared({ inputs, outputs, args }: TaskSchema): Told {
  return {
    told: "front-matter",
    inputs: Array.from(inputs, portOf),
    outputs: Array.from(outputs, portOf),
    args: Array.from(args, ([flag, arg]) => ({ flag, ...argOf(arg) })),
  };
}

function portOf([name, { type, description }]: readonly [string, TaskPort]): PortFact {
  return { name, ...(type && { type }), description };
}

function argOf({ type, default: preset, required, choices, description }: TaskArg): Omit<ArgFact, "flag"> {
  return { type, ...spelled(preset), required, ...(choices && { choices: choices.map(valueToJson) }), description };
}

function spelled(value: Value | undefined): { readonly default?: string } {
  return value === undefined || value === null ? {} : { default: flowText(value, { isPadded: false }) };
}

/** Positional arguments are what a step gives as inputs; flags that sound like files it writes are outputs. */
function parsed({ arguments: all }: ScriptArguments): Told {
  const usable = all.filter(({ action }) => action !== "exit");
  const flags = usable.filter(({ flags }) => flags.length > 0);
  const outputs = flags.filter(isOutput);
  return {
    told: "argparse",
    inputs: usable.filter(({ flags }) => flags.length === 0).map(({ dest, description }) => ({
      name: dest,
      description,
    })),
    outputs: outputs.map((argument) => ({ name: longest(argument), description: argument.description })),
    args: flags.filter((argument) => !outputs.includes(argument)).map(flagOf),
  };
}

function isOutput(argument: ScriptArgument): boolean {
  const { action, type, choices, default: preset } = argument;
  const isText = (type === "str" || type === "unknown") && choices === undefined && action === "value";
  return isText && looksLikeOutput({ ...argument, preset: typeof preset === "string" ? preset : undefined });
}

function flagOf(argument: ScriptArgument): ArgFact {
  const { action, type, default: preset, required, choices, description } = argument;
  return {
    flag: longest(argument),
    type: action === "switch" ? "bool" : type === "unknown" ? "str" : type,
    ...spelled(action === "switch" ? undefined : preset),
    required,
    ...(choices && { choices: choices.map(valueToJson) }),
    description,
  };
}

/** The longest says most. */
function longest({ flags }: ScriptArgument): string {
  return flags.toSorted((a, b) => b.length - a.length)[0];
}
