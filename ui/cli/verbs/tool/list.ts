/**
 * `loom tool list`: the tools that there are here.
 *
 * @module
 */

import type { KnownTool } from "../../../../core/tools/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { tableLines } from "../../view/table.ts";
import type { AuthorityCommand } from "../../words/command.ts";

/** Prints the table, or the document. */
export async function listVerb({ flags }: AuthorityCommand<"tool list">, host: Host): Promise<number> {
  const { terminal } = host;
  await using desk = await host.tools(await host.context());
  const { registry: { tools, shadowed }, broken } = await desk.all();
  if (flags.json) {
    const documents = tools.map(toolDocument);
    terminal.write(`${JSON.stringify({ tools: documents, shadowed: shadowed.map(toolDocument), broken }, null, 2)}\n`);
    return EXIT.done;
  }
  const { dim } = palette(terminal.color);
  const rows = tools.map((tool) => [tool.info.name, tool.info.tier, originOf(tool), firstSentence(tool)]);
  terminal.write(`${tableLines([["NAME", "TIER", "PLUGIN", "WHAT IT DOES"], ...rows]).join("\n")}\n`);
  for (const tool of shadowed) {
    terminal.write(dim(`not used: ${tool.info.name} of ${originOf(tool)}, another tool has this name\n`));
  }
  for (const { name, reason } of broken) {
    terminal.writeError(`note: the tools of plugin ${name} cannot be had: ${reason}\n`);
  }
  return EXIT.done;
}

/** A tool for programs. */
export function toolDocument(tool: KnownTool): Readonly<Record<string, unknown>> {
  const { name, version } = tool.plugin;
  return { ...tool.info, plugin: { name, version }, built_in: tool.builtIn };
}

/** `loom`, or the plugin that it is of. */
export function originOf({ builtIn, plugin }: KnownTool): string {
  return builtIn ? "loom" : `${plugin.name} ${plugin.version}`;
}

function firstSentence({ info }: KnownTool): string {
  return /^.*?(?=[.:;](\s|$)|$)/s.exec(info.description)![0];
}
