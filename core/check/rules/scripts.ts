/**
 * Scripts that are not there, or that Python would not compile.
 *
 * @module
 */

import { nearest, type Problem, type YamlPath } from "../../errors.ts";
import { basename, dirname, joinPath, relativePath } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";
import { resolveScript } from "../../graph/resolve.ts";
import { type Facts, scriptPlace } from "../base/facts.ts";
import type { Script } from "../base/scripts.ts";

/** Each script once, at the first step that names it, and again where it is missing. */
export function* scriptRule(facts: Facts): Generator<Problem> {
  const told = new Set<string>();
  for (const named of scriptsOf(facts)) {
    const { path } = named;
    if (told.has(path)) continue;
    const kind = facts.files.stat(path)?.kind;
    // A step before may write the script.
    if (kind === undefined && facts.isMade(path)) continue;
    if (kind !== "file") {
      yield absent(facts, { ...named, kind });
      continue;
    }
    told.add(path);
    const script = facts.scripts.read(path);
    if (script !== undefined) yield* inside(script, named);
  }
}

/** What is wrong with a script is told at its own line; what cannot be told of it, where it is named. */
function* inside(script: Script, { name, written, path, at }: NamedScript): Generator<Problem> {
  const { schema, broken } = script;
  const { found, complete, reason } = script.arguments;
  if (broken !== undefined) {
    const [, line = "1", what = broken] = /^line (\d+): (.*)$/s.exec(broken) ?? [];
    const message = `Python cannot read this script of step '${name}': ${what}`;
    const hint = "mend it; no step that runs it can succeed";
    yield {
      level: "error",
      code: "script-broken",
      message,
      hint,
      step: name,
      file: path,
      line: Number(line),
      column: 1,
    };
  } else if (schema.problem !== undefined) {
    const message = `What '${written}' says of itself cannot be read: ${schema.problem}`;
    const hint = "mend the block between the lines of dashes";
    const place = schema.problemAt === undefined ? { path: at } : { file: path, ...schema.problemAt };
    yield { level: "warning", code: "front-matter-broken", message, hint, step: name, ...place };
  } else if (found && !complete && schema.args.size === 0) {
    const message = `The args of '${written}' are not checked, for what it takes cannot be told: ${reason}`;
    const hint = "say it in front matter";
    yield { level: "hint", code: "arguments-not-told", message, hint, step: name, path: at };
  }
}

interface NamedScript {
  readonly name: string;
  readonly written: string;
  readonly path: string;
  readonly at: YamlPath;
}

function* scriptsOf(facts: Facts): Generator<NamedScript> {
  for (const { step, path } of facts.tasks) {
    if (path !== undefined) yield { name: step.name, written: step.task, path, at: scriptPlace(facts, step) };
  }
  for (const step of facts.pipeline.steps) {
    if (step.kind === "condition" && step.script !== undefined) {
      yield* questionScript(facts, step.name, step.script, [...step.at, "script"]);
    }
    if (step.kind === "repeated" && step.until !== undefined) {
      yield* questionScript(facts, step.name, step.until.script, [...step.at, "multi_pass", "condition", "script"]);
    }
  }
}

function* questionScript(facts: Facts, name: string, written: string, at: YamlPath): Generator<NamedScript> {
  const script = resolveScript(facts.pipeline, written, facts.env);
  if ("path" in script && written !== "") yield { name, written, path: script.path, at };
}

function absent(facts: Facts, script: NamedScript & { readonly kind?: string }): Problem {
  const { name, written, path, at, kind } = script;
  const near = facts.maySuggest() ? nearestFile(path, facts.files) : undefined;
  const hint = near === undefined
    ? "paths start from the folder of the pipeline file"
    : `did you mean '${relativePath(near, facts.pipeline.baseDir)}'?`;
  const what = kind === undefined ? "There is no script" : "The script is no file:";
  return {
    level: "error",
    code: "script-not-found",
    message: `${what} '${written}', the task of step '${name}'`,
    hint,
    step: name,
    path: at,
  };
}

/** The file beside `path`, or in a folder beside its own, whose name is most like it. */
function nearestFile(path: string, files: FileReader): string | undefined {
  const folder = dirname(path);
  const beside = similar(path, folder, files);
  if (beside !== undefined || files.stat(folder) !== undefined) return beside ?? elsewhere(path, folder, files);
  const other = nearest(basename(folder), foldersIn(dirname(folder), files));
  return other === undefined ? elsewhere(path, folder, files) : similar(path, joinPath(dirname(folder), other), files);
}

/** The same name one folder up or in a folder beside. */
function elsewhere(path: string, folder: string, files: FileReader): string | undefined {
  const places = [
    dirname(folder),
    ...[folder, dirname(folder)].flatMap((at) => foldersIn(at, files).map((name) => joinPath(at, name))),
  ];
  const found = places.find((place) => files.stat(joinPath(place, basename(path)))?.kind === "file");
  return found === undefined ? undefined : joinPath(found, basename(path));
}

function similar(path: string, folder: string, files: FileReader): string | undefined {
  const names = files.list(folder).filter(({ kind }) => kind !== "directory").map(({ name }) => name).toSorted();
  const near = names.includes(basename(path)) ? basename(path) : nearest(basename(path), names);
  return near === undefined ? undefined : joinPath(folder, near);
}

function foldersIn(folder: string, files: FileReader): readonly string[] {
  return files.list(folder).filter(({ kind, name }) => kind === "directory" && !name.startsWith("."))
    .map(({ name }) => name).toSorted();
}
