import { LoomError } from "../../../core/errors.ts";
import { fileError, osCode } from "./errors.ts";

/** Whose trash it is. */
export interface TrashOwner {
  readonly home?: string;
  /** `$XDG_DATA_HOME`, by default `<home>/.local/share`. */
  readonly dataHome?: string;
  readonly uid: number;
  readonly now: Date;
}

/** A trash folder, and from where the paths in its notes count: a disk's own trash moves with the disk. */
interface TrashCan {
  readonly folder: string;
  readonly top?: string;
}

/**
 * Moves an existing file, link or folder into the trash as desktops do, so that they can bring it back.
 *
 * Source: FreeDesktop.org Trash Specification 1.0. On another disk than the home's, the disk's own trash is used.
 *
 * @throws {LoomError} `no-trash` if neither the home nor the disk has a place for one, and errors of the disk.
 */
export function trashFreedesktop(path: string, owner: TrashOwner): void {
  const absolute = realEntry(path);
  const home = homeCan(owner);
  for (const can of [home, ...diskCans(absolute, owner)]) {
    if (can !== undefined && moveInto(can, absolute, owner.now)) return;
  }
  throw new LoomError("no-trash", `Cannot move ${path} to the trash: there is none on its disk`, {
    hint: "delete it for good with --permanent",
    data: { path },
  });
}

/** The folder's real path with the entry's own name: a link in the middle would move the file to another disk. */
function realEntry(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  const cut = trimmed.lastIndexOf("/");
  const parent = Deno.realPathSync(trimmed.slice(0, cut) || "/");
  return `${parent === "/" ? "" : parent}${trimmed.slice(cut)}`;
}

function homeCan({ home, dataHome }: TrashOwner): TrashCan | undefined {
  const data = dataHome?.startsWith("/") ? dataHome : home && `${home}/.local/share`;
  return data ? { folder: `${data}/Trash` } : undefined;
}

/** `.Trash/<uid>` if an administrator made a safe `.Trash`, else `.Trash-<uid>`. */
function* diskCans(path: string, { uid }: TrashOwner): Generator<TrashCan> {
  const top = mountTop(path);
  const prefix = top === "/" ? "" : top;
  if (isSafeShared(`${prefix}/.Trash`)) yield { folder: `${prefix}/.Trash/${uid}`, top };
  yield { folder: `${prefix}/.Trash-${uid}`, top };
}

function mountTop(path: string): string {
  const device = Deno.lstatSync(path).dev;
  let folder = path;
  for (;;) {
    const parent = folder.slice(0, folder.lastIndexOf("/")) || "/";
    if (parent === folder || Deno.lstatSync(parent).dev !== device) return folder;
    folder = parent;
  }
}

function isSafeShared(folder: string): boolean {
  try {
    const info = Deno.lstatSync(folder);
    return info.isDirectory && ((info.mode ?? 0) & 0o1000) !== 0;
  } catch (error) {
    if (osCode(error) !== "ENOENT") throw fileError("look at", folder, error);
    return false;
  }
}

/** `false` if this can is no use for the path: on another disk, or nobody may make it. */
function moveInto(can: TrashCan, path: string, now: Date): boolean {
  try {
    for (const part of ["files", "info"]) Deno.mkdirSync(`${can.folder}/${part}`, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(osCode(error))) return false;
    throw fileError("make trash folder", can.folder, error);
  }
  const name = reserveName(can, path, now);
  try {
    Deno.renameSync(path, `${can.folder}/files/${name}`);
    return true;
  } catch (error) {
    Deno.removeSync(`${can.folder}/info/${name}.trashinfo`);
    if (osCode(error) === "EXDEV") return false;
    throw fileError("move to the trash", path, error);
  }
}

/** The note is made first and alone: that is what keeps two programs from taking one name. */
function reserveName(can: TrashCan, path: string, now: Date): string {
  const base = path.slice(path.lastIndexOf("/") + 1);
  const note = trashNote(can, path, now);
  for (let attempt = 1;; attempt++) {
    const name = attempt === 1 ? base : `${base}.${attempt}`;
    const noteFile = `${can.folder}/info/${name}.trashinfo`;
    try {
      Deno.writeTextFileSync(noteFile, note, { createNew: true, mode: 0o600 });
      return name;
    } catch (error) {
      if (osCode(error) !== "EEXIST") throw fileError("write", noteFile, error);
    }
  }
}

function trashNote({ top }: TrashCan, path: string, now: Date): string {
  const recorded = top === undefined ? path : path.slice(top === "/" ? 1 : top.length + 1);
  const two = (n: number) => `${n}`.padStart(2, "0");
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  const escaped = recorded.split("/").map(encodeURIComponent).join("/");
  return `[Trash Info]\nPath=${escaped}\nDeletionDate=${day}T${time}\n`;
}
