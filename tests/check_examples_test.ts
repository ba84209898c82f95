import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkPipeline } from "../core/check/mod.ts";
import { hostFiles } from "../plugins/host/files/mod.ts";

const EXAMPLES = fileURLToPath(new URL("../examples/", import.meta.url));

Deno.test("no pipeline among the examples has an error or a warning", async () => {
  const found: string[] = [];
  let count = 0;
  for (const { name } of Deno.readDirSync(EXAMPLES)) {
    const file = `${EXAMPLES}${name}/pipeline.yml`;
    if (!existsSync(file)) continue;
    count++;
    const { problems } = await checkPipeline(Deno.readTextFileSync(file), file, { files: hostFiles, env: {} });
    const told = problems.filter(({ level }) => level !== "hint");
    found.push(...told.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`));
  }
  deepEqual(found, []);
  ok(count > 10);
});
