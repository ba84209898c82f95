/**
 * What a task says of its interface, in whichever way it does.
 *
 * @module
 */

import { readArgparse, type ScriptArgument } from "./argparse.ts";
import { readTaskSchema, type TaskArg, type TaskPort, type TaskSchema } from "./front_matter.ts";
import { extension } from "../paths.ts";

/** An interface, and where it was read. */
export interface TaskInterface extends TaskSchema {
  /** `nothing`: the script does not say what it takes. */
  readonly from: "front matter" | "argparse" | "nothing";
}

/**
 * The interface of a task by its front matter; where it has none, by what its own `argparse` says. Nothing is run.
 *
 * By `argparse`, positional arguments are inputs and all others args: which of them name outputs it does not tell.
 *
 * @param source Text of the file.
 * @param path Its absolute path.
 */
export function readTaskInterface(source: string, path: string): TaskInterface {
  const schema = readTaskSchema(source, path);
  const isSaid = schema.inputs.size + schema.outputs.size + schema.args.size > 0 || schema.problem !== undefined;
  if (isSaid) return { ...schema, from: "front matter" };
  const isPython = extension(path).toLowerCase() === ".py";
  const { arguments: all, description = "" } = readArgparse(isPython ? source : "");
  if (all.length === 0) return { ...schema, from: "nothing" };
  const [positional, options] = [all.filter(isPositional), all.filter((argument) => !isPositional(argument))];
  return {
    ...schema,
    description: schema.description || description.split("\n")[0].trim(),
    inputs: new Map(positional.map((argument) => [argument.dest, portOf(argument)])),
    args: new Map(options.map((argument) => [longest(argument), argOf(argument)])),
    from: "argparse",
  };
}

function isPositional({ flags }: ScriptArgument): boolean {
  return flags.length === 0;
}

function longest({ flags }: ScriptArgument): string {
  return flags.reduce((best, flag) => flag.length > best.length && !flag.startsWith("--no-") ? flag : best);
}

function portOf({ description }: ScriptArgument): TaskPort {
  return { description };
}

function argOf({ action, type, default: preset, description, required, choices }: ScriptArgument): TaskArg {
  return {
    type: action === "switch" ? "bool" : action === "count" ? "int" : type === "unknown" ? "str" : type,
    ...(preset === undefined ? {} : { default: preset }),
    description,
    required,
    ...(choices === undefined ? {} : { choices }),
  };
}
