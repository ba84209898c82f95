import { displayCommand, quotePosix, quoteWindows } from "../../../core/graph/mod.ts";

/** One line that can be pasted into a shell of this system. */
export function shownCommand(argv: readonly string[]): string {
  return displayCommand(argv, Deno.build.os === "windows" ? quoteWindows : quotePosix);
}
