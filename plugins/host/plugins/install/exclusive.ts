import { dirname } from "node:path";
import type { Exclusive } from "../../../../core/ports/plugin_store.ts";
import { fileError } from "../../files/errors.ts";
import { hostFileWriter } from "../../files/writer.ts";

/** One process at a time, by a lock on a file: the system gives it up when its holder ends, however it ends. */
export const hostExclusive: Exclusive = {
  async hold(path, work) {
    hostFileWriter.makeDirectory(dirname(path));
    using file = openLock(path);
    await file.lock(true);
    return await work();
  },
};

function openLock(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, create: true });
  } catch (error) {
    throw fileError("write", path, error);
  }
}
