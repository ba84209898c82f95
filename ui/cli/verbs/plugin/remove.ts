/**
 * `loom plugin remove`: a plugin's files and rights go.
 *
 * @module
 */

import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { withLeave } from "./ask.ts";
import { pluginPlace } from "./desk.ts";

/** Removes it. It can be added again, so nobody is asked. */
export async function removeVerb({ words: [name], flags }: AuthorityCommand<"plugin remove">, host: Host) {
  const place = await pluginPlace(host, flags);
  const { desk: { shelf }, print, say } = place;
  const { version, digest, source } = await shelf.need(name);
  const deed = {
    action: `remove the plugin ${name} ${version}`,
    shown: { name, version, digest },
    asks: false,
    yes: flags.yes === true,
  };
  await withLeave(deed, place, () => shelf.remove(name));
  print(() => ({ removed: { name, version } }));
  say([`Removed ${name} ${version}. To have it back: loom plugin add ${source.asked}`]);
  return EXIT.done;
}
