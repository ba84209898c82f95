/**
 * Which projects a user has run: one path a line, in `~/.loom/projects`.
 *
 * @module
 */

import { isLoomError } from "../../../core/errors.ts";
import { explained } from "../files/errors.ts";
import { hostFileReader } from "../files/reader.ts";
import { hostFileWriter } from "../files/writer.ts";
import { type ProjectLimits, userFolderOf } from "./project.ts";

/** Adds a project to the list. What is added at once by two looms stands there twice and is read once. */
export function noteProject(project: string, limits: ProjectLimits): void {
  const folder = userFolderOf(limits);
  if (folder === undefined || project.includes("\n")) return;
  try {
    if (linesOf(folder).includes(project)) return;
    hostFileWriter.makeDirectory(folder);
    const path = listIn(folder);
    explained("write", path, () => Deno.writeTextFileSync(path, `${project}\n`, { append: true }));
  } catch (error) {
    // A home that cannot be written to is no reason to run nothing: the list is only there to be looked at.
    if (!isLoomError(error)) throw error;
  }
}

/** The list, each project once. */
export function notedProjects(limits: ProjectLimits): readonly string[] {
  const folder = userFolderOf(limits);
  return folder === undefined ? [] : [...new Set(linesOf(folder))];
}

function linesOf(folder: string): readonly string[] {
  return (hostFileReader.readText(listIn(folder)) ?? "").split("\n").filter((line) => line !== "");
}

function listIn(folder: string): string {
  return `${folder}/projects`;
}
