import { LoomError } from "../../../core/errors.ts";
import { fileError, osCode } from "./errors.ts";
import { trashFreedesktop } from "./trash_freedesktop.ts";

/**
 * Puts a file, link or folder into the system's trash; a link itself, never its target. Absent is fine.
 *
 * Linux: the FreeDesktop trash of the home folder or of the disk. macOS: `~/.Trash`. Windows: the recycle bin.
 *
 * @throws {LoomError} `not-permitted` and others of the disk, `no-trash` if there is no place for one.
 */
export async function trash(path: string): Promise<void> {
  try {
    Deno.lstatSync(path);
  } catch (error) {
    if (osCode(error) === "ENOENT" || osCode(error) === "ENOTDIR") return;
    throw fileError("move to the trash", path, error);
  }
  if (Deno.build.os === "windows") return await trashWindows(path);
  if (Deno.build.os === "darwin") return trashMac(path);
  trashFreedesktop(path, {
    home: Deno.env.get("HOME"),
    dataHome: Deno.env.get("XDG_DATA_HOME"),
    uid: Deno.uid() ?? 0,
    now: new Date(),
  });
}

function trashMac(path: string): void {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const folder = `${Deno.env.get("HOME")}/.Trash`;
  for (let attempt = 1;; attempt++) {
    const target = `${folder}/${attempt === 1 ? name : `${name} ${attempt}`}`;
    if (exists(target)) continue;
    try {
      return Deno.renameSync(path, target);
    } catch (error) {
      throw fileError("move to the trash", path, error);
    }
  }
}

function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path) !== undefined;
  } catch (error) {
    if (osCode(error) !== "ENOENT") throw fileError("look at", path, error);
    return false;
  }
}

/** The path travels in a variable: nothing in it can be taken for a command. */
const recycle = `Add-Type -AssemblyName Microsoft.VisualBasic
$path = $env:LOOM_TRASH_PATH
$kind = [Microsoft.VisualBasic.FileIO.FileSystem]
if (Test-Path -LiteralPath $path -PathType Container) { $kind::DeleteDirectory($path, 'OnlyErrorDialogs', 'SendToRecycleBin') }
else { $kind::DeleteFile($path, 'OnlyErrorDialogs', 'SendToRecycleBin') }`;

async function trashWindows(path: string): Promise<void> {
  const command = new Deno.Command("powershell.exe", {
    args: ["-NoProfile", "-NonInteractive", "-Command", recycle],
    env: { LOOM_TRASH_PATH: path },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const { success, stderr } = await command.output();
  if (success) return;
  throw new LoomError(
    "no-trash",
    `Cannot move ${path} to the recycle bin: ${new TextDecoder().decode(stderr).trim()}`,
    {
      hint: "delete it for good with --permanent",
      data: { path },
    },
  );
}
