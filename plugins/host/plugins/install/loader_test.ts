import { deepStrictEqual as deepEqual, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { hostLoader } from "./loader.ts";

const LEAVES = `export default {
  name: "leaves", version: "1.0.0", api: 1, permissions: {},
  provides: { tool: { go: { info: {}, run: () => { queueMicrotask(() => { throw new Error("away"); }); } } } },
};`;

Deno.test("hostLoader() tells of a plugin that ended for what it did", async () => {
  const heard: string[] = [];
  const loader = hostLoader({
    env: {},
    sandboxes: { start: () => Promise.reject(new Error("not asked")) },
    witness: ({ name }, what) => void heard.push(`${name}: ${what}`),
  });
  const plugin = loader.load({
    module: () => Promise.resolve(LEAVES),
    digest: createHash("sha256").update(LEAVES).digest("hex"),
    manifest: { name: "leaves", version: "1.0.0", api: 1, permissions: {} },
    provides: { tool: ["go"] },
    permissions: {},
    variables: [],
  });
  const call = { port: "tool", name: "go", method: "run", args: [{}] } as const;
  await rejects(plugin.call(call), { code: "plugin-crashed" });
  await plugin.close();
  deepEqual(heard.length, 1);
  deepEqual(heard[0].startsWith("leaves: ") && heard[0].includes("away"), true, heard[0]);
});
