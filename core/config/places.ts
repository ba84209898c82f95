/**
 * Where files of settings are looked for.
 *
 * @module
 */

import type { Problem } from "../errors.ts";
import { joinPath } from "../paths.ts";
import type { ConfigOutside, ConfigRequest, FileRole, Place } from "./types.ts";
import { userFolder } from "./user_folder.ts";

/** A file of settings, there or not. */
export interface FilePlace extends Place {
  readonly role: FileRole;
}

/** The places, strongest first, and what is wrong with what is there. */
export interface FoundPlaces {
  readonly places: readonly FilePlace[];
  readonly problems: readonly Problem[];
}

/** The folder of the project's file of settings. */
export function projectFolder({ stores, cwd }: ConfigOutside): string {
  return stores.projectOf(cwd);
}

/** Looks for files: the one that is named, else the project's and the user's. */
export function findPlaces(outside: ConfigOutside, { file }: ConfigRequest): FoundPlaces {
  if (file !== undefined) return named(joinPath(outside.cwd, file), outside);
  const project = pair("project", projectFolder(outside), "loom", outside);
  const folder = userFolder(outside.env);
  const user = folder === undefined ? { places: [], problems: [] } : pair("user", folder, "config", outside);
  return { places: [...project.places, ...user.places], problems: [...project.problems, ...user.problems] };
}

function named(file: string, { files }: ConfigOutside): FoundPlaces {
  const present = files.stat(file) !== undefined;
  const place: FilePlace = { role: "named", file, present };
  if (present) return { places: [place], problems: [] };
  const message = "There is no such file of settings";
  const hint = "check what --config names";
  return { places: [place], problems: [{ level: "error", code: "config-file-not-found", message, hint, file }] };
}

/** The two names that a file may have, of which only one may be there. */
function pair(role: FileRole, folder: string, name: string, { files }: ConfigOutside): FoundPlaces {
  const places = ["yaml", "toml"].map((ending): FilePlace => {
    const file = joinPath(folder, `${name}.${ending}`);
    return { role, file, present: files.stat(file) !== undefined };
  });
  if (!places.every((place) => place.present)) return { places, problems: [] };
  const message = `Both ${name}.yaml and ${name}.toml are there`;
  const problem: Problem = {
    level: "error",
    code: "config-twice",
    message,
    hint: "keep one of them",
    file: places[1].file,
  };
  return { places, problems: [problem] };
}
