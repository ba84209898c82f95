import type { PortFiles } from "./port_files.ts";

/** A builder that says what it will be able to do. */
export function modelBuilderFiles(name: string): PortFiles {
  return { plugin: PLUGIN.replaceAll("NAME", name), test: TEST.replaceAll("NAME", name) };
}

const PLUGIN = `import { definePlugin } from "@loom/loom";

/** Set supported to true for what you have written: a method of this name, beside manifest(). */
const capabilities = ["tokenize", "pretrain", "embed", "finetune", "evaluate", "serve"].map((name) => ({
  name,
  mode: "launch-and-track",
  supported: false,
  notes: "Not written yet",
}));

export default definePlugin({
  name: "NAME",
  version: "0.1.0",
  description: "Builds models",
  api: 1,
  permissions: {},
  provides: {
    "model-builder": {
      "NAME": {
        name: "NAME",
        manifest: () => ({ backend: "NAME", capabilities }),
      },
    },
  },
});
`;

const TEST = `import { equal } from "node:assert/strict";
import plugin from "./mod.ts";

Deno.test("NAME says what it can do", () => {
  const builder = plugin.provides["model-builder"]["NAME"];
  equal(builder.manifest().backend, "NAME");
});
`;
