/**
 * Whether a change can be taken back, by what is there now.
 *
 * @module
 */

import type { ChangeRecord } from "../ports/changes.ts";
import type { Looking, Seen } from "./look.ts";

/** What has to be done to take a change back. */
export type Step =
  | { readonly do: "remove"; readonly path: string }
  | { readonly do: "move"; readonly from: string; readonly to: string }
  | {
    readonly do: "write";
    readonly path: string;
    readonly content: string;
    readonly expect: string;
    readonly mode?: number;
  }
  | { readonly do: "makeFolder"; readonly path: string; readonly mode: number };

/** Whether a change can be taken back. `already`: it never happened or is gone; `kept`: a folder that others use. */
export type Judgement =
  | { readonly outcome: "undo"; readonly step: Step }
  | { readonly outcome: "already" }
  | { readonly outcome: "kept" | "conflict"; readonly reason: string };

/** Looks at what a change left. A file that is no longer what the change left is nobody's to take away. */
export async function judge(change: ChangeRecord, looking: Looking): Promise<Judgement> {
  const now = await looking.look(change.path);
  switch (change.operation) {
    case "create":
      return isFolder(change.afterMode) ? createdFolder(change, now) : createdFile(change, now);
    case "modify":
      return modified(change, now);
    case "delete":
      return isFolder(change.beforeMode) ? deletedFolder(change, now) : deletedFile(change, now);
    case "rename":
      return renamed(change, now, await looking.look(change.newPath!));
  }
}

function createdFolder({ path }: ChangeRecord, now: Seen): Judgement {
  if (now.kind === "absent") return { outcome: "already" };
  if (now.kind !== "directory") return conflict("it is no folder any more");
  return now.empty ? undo({ do: "remove", path }) : { outcome: "kept", reason: "the folder is not empty" };
}

function createdFile({ path, afterRef }: ChangeRecord, now: Seen): Judgement {
  if (now.kind === "absent") return { outcome: "already" };
  return holds(now, afterRef) ? undo({ do: "remove", path }) : conflict("it was changed since");
}

function modified({ path, beforeRef, afterRef }: ChangeRecord, now: Seen): Judgement {
  if (holds(now, afterRef)) return undo({ do: "write", path, content: beforeRef!, expect: afterRef! });
  if (holds(now, beforeRef)) return { outcome: "already" };
  return conflict(now.kind === "absent" ? "it was deleted since" : "it was changed since");
}

function deletedFile({ path, beforeRef, beforeMode }: ChangeRecord, now: Seen): Judgement {
  const mode = beforeMode === undefined ? undefined : beforeMode & PERMISSIONS;
  if (now.kind === "absent") return undo({ do: "write", path, content: beforeRef!, expect: "absent", mode });
  return holds(now, beforeRef) ? { outcome: "already" } : conflict("something else is there now");
}

function deletedFolder({ path, beforeMode }: ChangeRecord, now: Seen): Judgement {
  if (now.kind === "absent") return undo({ do: "makeFolder", path, mode: beforeMode! & PERMISSIONS });
  return now.kind === "directory" ? { outcome: "already" } : conflict("something else is there now");
}

function renamed({ path, newPath, afterRef, afterMode }: ChangeRecord, before: Seen, after: Seen): Judgement {
  const isIt = (seen: Seen) => isFolder(afterMode) ? seen.kind === "directory" : holds(seen, afterRef);
  if (after.kind === "absent" && isIt(before)) return { outcome: "already" };
  if (!isIt(after)) return conflict(after.kind === "absent" ? "it was moved or deleted since" : "it was changed since");
  if (before.kind !== "absent") return conflict(`something else is at ${path} now`);
  return undo({ do: "move", from: newPath!, to: path });
}

function undo(step: Step): Judgement {
  return { outcome: "undo", step };
}

function conflict(reason: string): Judgement {
  return { outcome: "conflict", reason };
}

function holds(seen: Seen, digest: string | undefined): boolean {
  return seen.kind === "file" && seen.digest === digest;
}

const [KIND, FOLDER, PERMISSIONS] = [0o170000, 0o040000, 0o7777] as const;

/** Modes tell folders from files, as Unix has it. */
function isFolder(mode: number | undefined): boolean {
  return mode !== undefined && (mode & KIND) === FOLDER;
}
