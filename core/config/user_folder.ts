import { joinPath } from "../paths.ts";
import type { ConfigOutside } from "./types.ts";

/** The folder of the user's own file of settings; `undefined` where nobody has a home. */
export function userFolder(env: ConfigOutside["env"]): string | undefined {
  const given = env.XDG_CONFIG_HOME ?? "";
  // The specification of these variables asks for relative paths to be passed over.
  if (given.startsWith("/")) return joinPath(given, "loom");
  const home = env.HOME || env.USERPROFILE || "";
  return home === "" ? undefined : joinPath(home, ".config/loom");
}
