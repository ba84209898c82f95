/**
 * `loom ui [FILE.yml | DIR]`: the graph in a browser.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { configNotFound, usage } from "../../../core/errors.ts";
import { dirname, joinPath } from "../../../core/graph/mod.ts";
import { EXIT } from "../base/exit_code.ts";
import type { Host } from "../base/host.ts";
import type { UiPlace } from "../base/ui.ts";
import type { ExperimentCommand } from "../words/command.ts";

/** Serves the page until interrupted. */
export async function uiVerb({ words: [what], flags }: ExperimentCommand<"ui">, host: Host): Promise<number> {
  const context = await host.context();
  const place = placeOf(what, context);
  const serving = await host.ui(context, { place, hostname: flags.host, port: flags.port });
  const { terminal } = host;
  if (flags.host !== undefined && !/^(127\.|localhost$|::1$)/.test(flags.host)) {
    terminal.writeError(`warning: Whoever reaches ${flags.host} and knows this address can run programs as you\n`);
  }
  terminal.write(flags.json ? `${JSON.stringify({ url: serving.url })}\n` : `${serving.url}\nEnd it with Ctrl-C.\n`);
  if (terminal.canRedraw && !flags.noOpen) openBrowser(serving.url, context);
  await interrupted();
  await serving.close();
  return EXIT.interrupted;
}

function placeOf(what: string | undefined, { cwd, files }: Context): UiPlace {
  const path = what === undefined ? cwd : joinPath(cwd, what);
  const real = files.realPath(path);
  if (/\.ya?ml$/i.test(path)) {
    const root = files.realPath(dirname(path));
    if (root === undefined || files.stat(path)?.kind !== "file") throw configNotFound(path);
    return { root, file: `${root}/${path.slice(path.lastIndexOf("/") + 1)}` };
  }
  if (real === undefined || files.stat(real)?.kind !== "directory") {
    throw usage(`Cannot open ${what}: it is no folder and no pipeline`, "name a folder, or a file that ends in .yml");
  }
  return { root: real };
}

function openBrowser(url: string, { subprocesses, platform, env, cwd }: Context): void {
  const argv = platform === "darwin" ? ["open", url] : platform === "windows" ? ["explorer", url] : ["xdg-open", url];
  try {
    subprocesses.start({ argv, cwd, env });
  } catch {
    // There is no browser to be had here; the address is on the screen.
  }
}

async function interrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => resolve());
  });
}
