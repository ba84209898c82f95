import { joinPath } from "../paths.ts";
import type { FileReader } from "../ports/files.ts";
import { expandPlaceholder } from "../run/fresh/placeholder.ts";

/** Entries of a folder that are looked at one by one; of the others only their folder. */
const MOST = 200;

/** What a path looks like from outside, so that two looks can be compared; of a folder also what lies in it. */
export function sightOf(path: string, files: FileReader): string {
  const found = expandPlaceholder(path, files);
  return found.slice(0, MOST).map((path) => sightsOf(path, files)).join("\n");
}

function sightsOf(path: string, files: FileReader): string {
  const seen: string[] = [];
  const waiting = [path];
  for (const at of waiting) {
    const info = files.stat(at);
    if (info === undefined) continue;
    seen.push(`${info.kind} ${info.sizeBytes} ${info.mtimeMs} ${info.ctimeMs} ${info.inode} ${info.executable}`);
    if (info.kind !== "directory" || waiting.length > MOST) continue;
    for (const { name, kind } of files.list(at)) {
      if (waiting.length > MOST) break;
      // Links to folders are not followed: they may lead in a ring.
      if (!name.startsWith(".") && kind !== "symlink") waiting.push(joinPath(at, name));
    }
  }
  return seen.join(",");
}
