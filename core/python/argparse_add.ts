/**
 * One call of `add_argument`.
 *
 * @module
 */

import type { Nargs, ScriptArgument } from "./argparse.ts";
import { type CallArgument, callArguments, type Tokens } from "./argparse_tokens.ts";
import { choicesOf, type Names, staticValue } from "./argparse_values.ts";
import type { Value } from "../yaml/value.ts";

/** Where a call stands. */
export interface CallPlace {
  readonly names: Names;
  /** Whether the source gives a name another meaning than Python does. */
  readonly isBound: (name: string) => boolean;
  readonly exclusive?: number;
  readonly line: number;
}

type Action = Pick<ScriptArgument, "action" | "stores"> & { readonly nargs?: Nargs; readonly addsNo?: boolean };

const ACTIONS: Readonly<Record<string, Action>> = {
  store: { action: "value" },
  store_true: { action: "switch", stores: true, nargs: 0 },
  store_false: { action: "switch", stores: false, nargs: 0 },
  store_const: { action: "switch", nargs: 0 },
  append_const: { action: "switch", nargs: 0 },
  count: { action: "count", nargs: 0 },
  append: { action: "list" },
  extend: { action: "list" },
  help: { action: "exit", nargs: 0 },
  version: { action: "exit", nargs: 0 },
};
const OWN_ACTION: Action = { action: "unknown", nargs: "unknown" };
const TYPES = ["str", "int", "float", "bool"] as const;

/**
 * What the call adds, or why that cannot be told.
 *
 * @param inside What stands between its brackets.
 */
export function readAddArgument(inside: Tokens, place: CallPlace): ScriptArgument | string {
  const given = callArguments(inside);
  const names = flagsOf(given, place.names);
  if (typeof names === "string") return names;
  const keywords = new Map(given.flatMap(({ name, value }) => name === undefined ? [] : [[name, value] as const]));
  const known = (name: string) => {
    const tokens = keywords.get(name);
    return tokens === undefined ? undefined : staticValue(tokens, place.names);
  };
  const isPositional = !names[0].startsWith("-");
  const action = actionOf(keywords.get("action"), place);
  const nargs = action.nargs ?? nargsOf(keywords.get("nargs"), known("nargs"));
  const preset = known("default");
  const type = typeOf(keywords.get("type"), place);
  const choices = choicesOf(known("choices"));
  const metavar = known("metavar");
  const stated = known("dest");
  return {
    flags: isPositional ? [] : withNo(names, action),
    dest: typeof stated === "string" ? stated : isPositional ? names[0] : destOf(names),
    action: isPositional && action.action !== "value" && action.action !== "list" ? "unknown" : action.action,
    stores: action.stores,
    nargs,
    type,
    default: preset ?? undefined,
    choices: type === "unknown" ? undefined : choices,
    required: isPositional ? needsWord(nargs) : known("required") === true,
    description: wordsOf(known("help")),
    metavar: typeof metavar === "string" ? metavar : undefined,
    exclusive: place.exclusive,
    line: place.line,
  };
}

function flagsOf(given: readonly CallArgument[], names: Names): readonly string[] | string {
  if (given.some(({ isStarred }) => isStarred)) return "an argument is put together while the script runs";
  const flags: string[] = [];
  for (const { name, value } of given) {
    if (name !== undefined) continue;
    const flag = staticValue(value, names);
    if (typeof flag !== "string" || flag === "") return "the name of an argument is computed";
    flags.push(flag);
  }
  if (flags.length === 0) return "an argument has no name";
  const isMixed = flags.length > 1 && flags.some((flag) => !flag.startsWith("-"));
  return isMixed ? "an argument has names of two kinds" : flags;
}

function actionOf(tokens: Tokens | undefined, { names }: CallPlace): Action {
  if (tokens === undefined) return ACTIONS.store;
  const text = staticValue(tokens, names);
  if (typeof text === "string") return Object.hasOwn(ACTIONS, text) ? ACTIONS[text] : OWN_ACTION;
  const isBoolean = tokens.at(-1)?.text === "BooleanOptionalAction";
  return isBoolean ? { action: "switch", stores: true, nargs: 0, addsNo: true } : OWN_ACTION;
}

function nargsOf(tokens: Tokens | undefined, value: Value | undefined): Nargs | 1 {
  if (tokens === undefined || value === null) return 1;
  if (value === "?" || value === "*" || value === "+") return value;
  if (value === "..." || tokens.at(-1)?.text === "REMAINDER") return "...";
  return typeof value === "number" && value >= 1 ? value : "unknown";
}

function typeOf(tokens: Tokens | undefined, { isBound }: CallPlace): ScriptArgument["type"] {
  if (tokens === undefined || (tokens.length === 1 && tokens[0].text === "None")) return "str";
  const known = TYPES.find((type) => tokens.length === 1 && tokens[0].kind === "name" && tokens[0].text === type);
  return known === undefined || isBound(known) ? "unknown" : known;
}

function needsWord(nargs: Nargs): boolean {
  return nargs === "+" || (typeof nargs === "number" && nargs > 0);
}

function withNo(flags: readonly string[], { addsNo = false }: Action): readonly string[] {
  if (!addsNo) return flags;
  return flags.flatMap((flag) => flag.startsWith("--") ? [flag, `--no-${flag.slice(2)}`] : [flag]);
}

function destOf(flags: readonly string[]): string {
  const flag = flags.find((name) => name.startsWith("--")) ?? flags[0];
  return flag.replace(/^-+/, "").replaceAll("-", "_");
}

// `%(default)s` and `%%` are filled in by argparse.
function wordsOf(help: Value | undefined): string {
  return typeof help === "string" ? help.replaceAll("%%", "%") : "";
}
