import { join } from "node:path";
import type { LoadedPlugin } from "../../../../core/ports/plugin.ts";
import { explained } from "../../files/errors.ts";

/**
 * A plugin that has a folder of its own while it is loaded.
 *
 * @param load Fills the folder, whose links are resolved, and loads the plugin from there.
 */
export function inTrialFolder(load: (folder: string) => LoadedPlugin): LoadedPlugin {
  const top = explained(
    "make folder",
    "for temporary files",
    () => Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-plugin-" })),
  );
  const remove = () => Deno.removeSync(top, { recursive: true });
  try {
    const loaded = load(join(top, "files"));
    return {
      manifest: loaded.manifest,
      provides: loaded.provides,
      call: (...args) => loaded.call(...args),
      close: async () => {
        await loaded.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
