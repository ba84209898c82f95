/**
 * The beginning of a plugin: a folder that passes the suite of its port.
 *
 * @module
 */

import { LoomError, nearest, usage } from "../../errors.ts";
import type { PortName } from "../../ports/plugin.ts";
import { NAME, PORTS } from "../manifest.ts";
import { LOOM } from "./loom.ts";
import { mlopsFiles } from "./mlops.ts";
import { modelFiles } from "./model.ts";
import { modelBuilderFiles } from "./model_builder.ts";
import type { PortFiles } from "./port_files.ts";
import { readme } from "./readme.ts";
import { searchFiles } from "./search.ts";
import { toolFiles } from "./tool.ts";

const FILES: Readonly<Record<PortName, (name: string) => PortFiles>> = {
  search: searchFiles,
  mlops: mlopsFiles,
  "model-builder": modelBuilderFiles,
  model: modelFiles,
  tool: toolFiles,
};

/** `deno.json`: only so that editors and `deno test` know what `@loom/loom` is. */
const SETTINGS = `{\n  "imports": { "@loom/loom": "./loom.ts" }\n}\n`;

/**
 * The files of a new plugin, by name.
 *
 * @param name Name of the plugin, and of what it provides.
 * @throws {LoomError} `usage` for a name that no plugin can have; `unknown-port`.
 */
export function scaffold(name: string, port: string = "tool"): Readonly<Record<string, string>> {
  if (!NAME.test(name)) {
    throw usage(`No plugin can be called '${name}'`, "write lower case letters, digits and dashes, such as 'greet'");
  }
  const { plugin, test } = FILES[portOf(port)](name);
  return {
    "mod.ts": plugin,
    "mod_test.ts": test,
    "loom.ts": LOOM,
    "deno.json": SETTINGS,
    "README.md": readme(name, portOf(port)),
  };
}

function portOf(port: string): PortName {
  const found = PORTS.find((known) => known === port);
  if (found !== undefined) return found;
  const near = nearest(port, PORTS);
  throw new LoomError("unknown-port", `There is no port '${port}'`, {
    hint: near === undefined ? `there are ${PORTS.join(", ")}` : `did you mean '${near}'?`,
    data: { port },
  });
}
