/**
 * What the verbs about plugins begin with.
 *
 * @module
 */

import type { Context } from "../../../../core/context.ts";
import type { Host } from "../../base/host.ts";
import type { PluginDesk } from "../../base/plugins.ts";

/** Where a verb stands. */
export interface PluginPlace {
  readonly host: Host;
  readonly context: Context;
  readonly desk: PluginDesk;
  /** Lines for people: on standard error where programs read the other. */
  say(lines: readonly string[]): void;
  /** The document, if one was asked for. */
  print(document: () => unknown): void;
}

/** Opens the place; `json` says that a program reads. */
export async function pluginPlace(host: Host, { json = false }: { readonly json?: boolean }): Promise<PluginPlace> {
  const context = await host.context();
  const { terminal } = host;
  return {
    host,
    context,
    desk: await host.plugins(context),
    say: (lines) => {
      const text = lines.map((line) => `${line}\n`).join("");
      if (json) terminal.writeError(text);
      else terminal.write(text);
    },
    print: (document) => json ? terminal.write(`${JSON.stringify(document(), null, 2)}\n`) : undefined,
  };
}
