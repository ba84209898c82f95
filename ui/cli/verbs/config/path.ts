/**
 * `loom config path`: where settings are looked for.
 *
 * @module
 */

import { printable, readConfig } from "../../../../core/config/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { tableLines } from "../../view/table.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { withoutSecrets } from "./shared.ts";

const ROLES = {
  "env-file": "variables",
  "named": "--config",
  "project": "project",
  "user": "user",
} as const;

/** Each place, strongest first, and whether something is there. */
export async function pathVerb({ flags }: AuthorityCommand<"config path">, host: Host): Promise<number> {
  const read = await readConfig(await host.context(), { file: flags.config });
  const terminal = withoutSecrets(host, read.environment);
  if (flags.json) {
    terminal.write(`${JSON.stringify({ type: "config-path", places: read.places })}\n`);
    return EXIT.done;
  }
  const paint = palette(terminal.color);
  const rows = read.places.map(({ role, file, present }) => {
    return [printable(file), ROLES[role], present ? paint.good("read") : paint.dim("not there")];
  });
  terminal.write(tableLines(rows).map((line) => `${line}\n`).join(""));
  return EXIT.done;
}
