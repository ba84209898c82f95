import { type ExportPlan, foldersFor } from "./plan.ts";
import { comment } from "./shell.ts";
import type { ScriptStep } from "./step.ts";
import { quote, stepLines } from "./words.ts";

/** The plan for GNU make: a rule for each step, which is run when what it needs is newer than what it makes. */
export function makefile({ file, steps, remarks, python }: ExportPlan): string {
  const made = new Set(steps.flatMap(({ outputs }) => outputs));
  const names = namesOf(steps, made);
  return [
    `# Made by loom from ${comment(file)}: change that, not this. 'make -j' runs what can run together.`,
    ...remarks.map((remark) => `# ${comment(remark)}`),
    "SHELL = /bin/sh",
    // Its own rules look for sources of C and the like of everything.
    "MAKEFLAGS += --no-builtin-rules",
    "export PYTHON ?= " + makeText(python ?? "python3"),
    "",
    ".DELETE_ON_ERROR:",
    ".SUFFIXES:",
    `.PHONY: ${["all", ...names.values()].join(" ")}`,
    `all: ${[...names.values()].join(" ")}`,
    ...(steps.some(({ outputs }) => outputs.length > 1) ? GROUPED : []),
    "",
    ...steps.flatMap((step) => ruleLines(step, names, made)),
  ].join("\n");
}

/** Two files from one rule is what older versions do not know; they would run it twice. */
const GROUPED = [
  "",
  "ifeq ($(filter grouped-target,$(.FEATURES)),)",
  "$(error GNU make 4.3 or newer is needed)",
  "endif",
];

/** A step goes by its name; where a file has that name, by a longer one. */
function namesOf(steps: readonly ScriptStep[], files: ReadonlySet<string>): ReadonlyMap<string, string> {
  const used = new Set([...files, ...steps.flatMap(({ needs }) => needs)]);
  return new Map(steps.map(({ id }) => {
    let name = id;
    while (used.has(name)) name = `step_${name}`;
    used.add(name);
    return [id, name];
  }));
}

function ruleLines(
  step: ScriptStep,
  names: ReadonlyMap<string, string>,
  made: ReadonlySet<string>,
): readonly string[] {
  const { outputs, needs, after, id, remarks, folders, loop } = step;
  const name = names.get(id)!;
  const files = [...new Set(needs.flatMap((path) => ruled(path, made)))];
  const needed = [
    ...files.map(makePath),
    ...(loop === undefined ? [] : [`$(wildcard ${makePath(loop.over)}/${loop.filter})`]),
    // Where no file ties them together one only waits for the other.
    ...(after.length === 0 || files.some((path) => made.has(path)) ? [] : ["|", ...after.map((id) => names.get(id)!)]),
  ].join(" ");
  const recipe = [
    `@printf '%s\\n' ${quote(`[RUNNING] ${step.name}`)}`,
    ...oneLine(stepLines(step, foldersFor(outputs))),
    // The time of a folder is that of its newest entry, not of the last thing written in it.
    ...(folders.size === 0 ? [] : [`@touch ${[...folders].map(quote).join(" ")}`]),
  ];
  const targets = outputs.length === 0 ? name : outputs.map(makeTarget).join(" ");
  return [
    ...remarks.map((remark) => `# ${comment(remark)}`),
    ...(outputs.length === 0 ? [] : [`${name}: ${outputs.map(makePath).join(" ")}`]),
    `${targets}${outputs.length > 1 ? " &:" : ":"} ${needed}`.trimEnd(),
    ...recipe.map((line) => `\t${line.replaceAll("$", "$$$$")}`),
    "",
  ];
}

/** What has a rule and stands for this path: itself, the folder that some step fills, or what steps put into this folder. */
function ruled(path: string, made: ReadonlySet<string>): readonly string[] {
  if (made.has(path)) return [path];
  const around = [...made].find((folder) => path.startsWith(`${folder}/`));
  if (around !== undefined) return [around];
  const inside = [...made].filter((file) => file.startsWith(`${path}/`));
  return inside.length > 0 ? inside : [path];
}

/** Each line of a recipe has a shell of its own: what belongs together goes into one. */
function oneLine(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => line.startsWith("for "));
  if (start < 0) return lines;
  const loop = lines.slice(start).map((line) => line.trim());
  const joined = loop.map((line, at) => at === 0 || at === loop.length - 1 ? line : `${line};`).join(" ");
  return [...lines.slice(0, start), joined];
}

/** A path where make expects what is to be made: with a `%` it would be a pattern. */
function makeTarget(path: string): string {
  return makePath(path).replaceAll("%", "\\%");
}

/** A path where make expects what is needed. */
function makePath(path: string): string {
  return makeText(path).replace(/[ #:]/g, "\\$&");
}

function makeText(text: string): string {
  return text.replaceAll("$", "$$$$");
}
