import { LoomError, nearest } from "../errors.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Unresolved } from "./resolve.ts";

/** What is wrong with a reference, in words for people, without saying where it is used. */
export interface Complaint {
  readonly code: string;
  /** Starts with a capital, ends without a full stop; "used by …" can follow. */
  readonly message: string;
  readonly hint?: string;
}

/** How to say it. `suggest: false` spares the search for a similar name, which costs as much as there are names. */
export interface ComplaintOptions {
  readonly suggest?: boolean;
}

/** Say why something stands for nothing. */
export function complaint(pipeline: Pipeline, unresolved: Unresolved, options: ComplaintOptions = {}): Complaint {
  switch (unresolved.kind) {
    case "unknown":
      return unknownReference(pipeline, unresolved, options);
    case "unset":
      return unsetVariable(unresolved);
    case "empty":
      return {
        code: "empty-path",
        message: `Data entry '${unresolved.key}' has no path`,
        hint: `give it a path, or set one with --var ${unresolved.key}=PATH`,
      };
    case "branch":
      return {
        code: "unknown-reference",
        message: `Unknown reference '$${unresolved.name}'`,
        hint: `the switch has '$${unresolved.step}.then' and '$${unresolved.step}.else'`,
      };
    case "payload":
      return {
        code: "switch-without-data",
        message: `Switch '${unresolved.step}' passes nothing on`,
        hint: "give it 'data', the file or folder it passes on",
      };
    case "loop":
      return {
        code: "loop-reference-outside-loop",
        message: `'$${unresolved.name}' is used outside a loop`,
        hint: "it is known only in a step that has a 'loop'",
      };
    case "sweep":
      return {
        code: "sweep-reference-outside-sweep",
        message: `'\${${unresolved.name}}' is used outside a sweep`,
        hint: "it is known only where values are tried: with a 'matrix', or with --sweep",
      };
    case "long":
      return {
        code: "text-too-long",
        message: `A text is longer than a million letters${ownerOf(unresolved)}`,
        hint: "put less into it",
      };
    case "circle":
      return {
        code: "interpolation-circle",
        message: `Texts are put into each other in a circle: ${unresolved.names.join(" → ")}`,
        hint: "let one of them stand on its own",
      };
  }
}

function unknownReference(
  pipeline: Pipeline,
  unresolved: Extract<Unresolved, { kind: "unknown" }>,
  { suggest }: ComplaintOptions,
): Complaint {
  const { name, between } = unresolved;
  const code = "unknown-reference";
  const owner = ownerOf(unresolved);
  const hint = suggest === false ? undefined : referenceHint(pipeline, name);
  if (between === undefined) return { code, message: `Unknown reference '$${name}'${owner}`, hint };
  const message = `Unknown reference '\${${name}}'${owner}`;
  if (between.isVariable) return { code, message, hint: `the environment variable is \${env:${name}} under version 2` };
  return { code, message, hint: hint?.replace(/'\$(.*)'\?$/, "'${$1}'?") };
}

/** In what a fault is, where that is not the text itself. */
function ownerOf({ key, parameter }: Unresolved): string {
  if (key !== undefined) return ` (in data entry '${key}')`;
  return parameter === undefined ? "" : ` (in parameter '${parameter}')`;
}

/** The same as an error of one step; `place` is where in it, as `input 'table'`. */
export function unresolvedError(
  pipeline: Pipeline,
  unresolved: Unresolved,
  options: { readonly step: string; readonly place: string },
): LoomError {
  const { code, message, hint } = complaint(pipeline, unresolved);
  const where = `${options.place} of step '${options.step}'`;
  return new LoomError(code, `${message}, used by ${where}`, { hint, data: { step: options.step } });
}

/** What is wrong with writing to, or looping over, an address. */
export function addressComplaint(url: string): Complaint {
  return {
    code: "address-not-allowed",
    message: `'${url}' is an address, not a file or folder`,
    hint: "only inputs and args may be addresses; use a path here",
  };
}

/** The same as an error of one step. */
export function addressError(url: string, options: { readonly step: string; readonly place: string }): LoomError {
  const { code, message, hint } = addressComplaint(url);
  const where = `${options.place} of step '${options.step}'`;
  return new LoomError(code, `${message}, used by ${where}`, { hint, data: { step: options.step } });
}

function unsetVariable(unresolved: Extract<Unresolved, { kind: "unset" }>): Complaint {
  const { variable } = unresolved;
  return {
    code: "unset-variable",
    message: `Environment variable '${variable}' is not set${ownerOf(unresolved)}`,
    hint: `set it before starting loom: ${variable}=…`,
  };
}

function referenceHint(pipeline: Pipeline, name: string): string {
  const braces = /^\{?(\w+)\}?$/.exec(name)?.[1];
  const slash = name.search(/[/\\]/);
  if (slash > 0 && pipeline.data.has(name.slice(0, slash))) {
    return `a reference is a whole name; for a file in '$${name.slice(0, slash)}' add a data entry with 'nested_in'`;
  }
  const step = pipeline.steps.find((step) => step.name === name);
  if (step?.kind === "condition") return "a condition has no path; only the 'condition' of a switch can name it";
  if (step?.kind === "switch") return `the switch has '$${name}.then' and '$${name}.else'`;
  const near = nearest(braces ?? name, referenceNames(pipeline));
  return near === undefined ? "add it to 'data' or 'parameters'" : `did you mean '$${near}'?`;
}

function* referenceNames(pipeline: Pipeline): Generator<string> {
  yield* pipeline.data.keys();
  yield* pipeline.parameters.keys();
  for (const step of pipeline.steps) {
    if (step.kind === "switch") yield* [`${step.name}.then`, `${step.name}.else`];
  }
}
