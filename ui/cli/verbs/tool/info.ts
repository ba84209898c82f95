/**
 * `loom tool info NAME`: what a tool does and takes.
 *
 * @module
 */

import type { Json, ToolInfo } from "../../../../core/ports/tool.ts";
import type { KnownTool } from "../../../../core/tools/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { tableLines } from "../../view/table.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { originOf, toolDocument } from "./list.ts";

/** Prints it for people, or the document. */
export async function infoVerb({ words: [name], flags }: AuthorityCommand<"tool info">, host: Host): Promise<number> {
  const { terminal } = host;
  await using desk = await host.tools(await host.context());
  const tool = (await desk.all()).registry.find(name);
  const { strong } = palette(terminal.color);
  const text = flags.json
    ? JSON.stringify(toolDocument(tool), null, 2)
    : [strong(tool.info.name), ...infoLines(tool)].join("\n");
  terminal.write(`${text}\n`);
  return EXIT.done;
}

function infoLines(tool: KnownTool): readonly string[] {
  const { info } = tool;
  const facts = [
    ["  tier", info.tier],
    ["  changes files", info.is_mutating ? "yes" : "no"],
    ["  time limit", `${info.timeout_seconds ?? 30} s`],
    ["  from", originOf(tool)],
    ...(info.auth_requirements === undefined ? [] : [["  needs", info.auth_requirements.join(", ")]]),
  ];
  return [info.description, "", ...tableLines(facts), "", ...argumentLines(info)];
}

interface Property {
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly description?: string;
  readonly default?: Json;
}

function argumentLines({ name, parameters }: ToolInfo): readonly string[] {
  const properties = Object.entries(parameters.properties ?? {}) as readonly [string, Property][];
  if (properties.length === 0) return ["It takes no arguments."];
  const required = Array.isArray(parameters.required) ? parameters.required : [];
  const rows = properties.map(([key, property]) => [
    `  ${key}`,
    typeText(property),
    required.includes(key) ? "required" : "",
    [property.description ?? "", defaultText(property)].filter((text) => text !== "").join("; "),
  ]);
  const example = JSON.stringify(Object.fromEntries(required.map((key) => [key, "…"])));
  return ["Arguments:", ...tableLines(rows), "", `loom tool run ${name} --json '${example}'`];
}

function typeText({ type, enum: values }: Property): string {
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  return type === undefined ? "any" : [type].flat().join(" | ");
}

function defaultText({ default: value }: Property): string {
  return value === undefined ? "" : `${JSON.stringify(value)} unless given`;
}
