/**
 * `loom plugin new`: a folder with the beginning of a plugin.
 *
 * @module
 */

import { join } from "node:path";
import { LoomError } from "../../../../core/errors.ts";
import { scaffold } from "../../../../core/plugins/scaffold/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { AuthorityCommand } from "../../words/command.ts";

/** Writes it into a folder of its name, here. What is there already is never touched. */
export async function newVerb({ words: [name], flags }: AuthorityCommand<"plugin new">, host: Host): Promise<number> {
  const { files, cwd } = await host.context();
  const contents = scaffold(name, flags.port);
  const folder = join(cwd, name);
  const there = files.stat(folder);
  if (there !== undefined && (there.kind !== "directory" || files.list(folder).length > 0) || files.isLink(folder)) {
    throw new LoomError("folder-not-empty", `Cannot begin a plugin in ${name}: there is something already`, {
      hint: "choose another name, or move it away",
      data: { folder },
    });
  }
  files.makeDirectory(folder);
  for (const [file, content] of Object.entries(contents)) files.writeAtomic(join(folder, file), content);
  const lines = [
    `Made ${name}/ with ${Object.keys(contents).join(", ")}.`,
    `Change it:  ${name}/mod.ts`,
    `Try it:     loom plugin test ./${name}`,
    `Add it:     loom plugin add ./${name}`,
  ];
  const json = JSON.stringify({ folder, files: Object.keys(contents) }, null, 2);
  host.terminal.write(`${flags.json ? json : lines.join("\n")}\n`);
  return EXIT.done;
}
