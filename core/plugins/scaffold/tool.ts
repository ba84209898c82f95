import type { PortFiles } from "./port_files.ts";

/** A tool that greets. */
export function toolFiles(name: string): PortFiles {
  const tool = name.replaceAll("-", "_");
  return { plugin: plugin(name, tool), test: test(tool) };
}

const plugin = (name: string, tool: string) =>
  `import { definePlugin, type Tool } from "@loom/loom";

const ${tool}: Tool = {
  info: {
    name: "${tool}",
    description: "Greet somebody by name. Use it when somebody should be greeted.",
    parameters: {
      type: "object",
      properties: { name: { type: "string", description: "Who is greeted" } },
      required: ["name"],
    },
    tier: "read-only",
    is_mutating: false,
  },
  run: ({ name }) => Promise.resolve({ success: true, output: \`Hello, \${name}!\`, files_changed: [] }),
};

export default definePlugin({
  name: "${name}",
  version: "0.1.0",
  description: "Greets people",
  api: 1,
  // What it asks for, such as { read: ["workspace"], hosts: ["api.example.org"] }. Nothing that is not named is given.
  permissions: {},
  provides: { tool: { ${tool} } },
});
`;

const test = (tool: string) =>
  `import { equal } from "node:assert/strict";
import plugin from "./mod.ts";

Deno.test("${tool} greets by name", async () => {
  const { ${tool} } = plugin.provides.tool;
  const result = await ${tool}.run({ name: "Ada" }, undefined as never);
  equal(result.output, "Hello, Ada!");
});
`;
