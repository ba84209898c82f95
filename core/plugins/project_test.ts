import { deepStrictEqual as deepEqual, rejects } from "node:assert/strict";
import { isLoomError } from "../errors.ts";
import type { InstalledPlugin } from "../ports/plugin_store.ts";
import { readWanted, wantedStates } from "./project.ts";

const DIGEST = "0123456789abcdef".repeat(4);

Deno.test("readWanted() reads sources with and without a digest", async () => {
  const text = `greet: npm:loom-greet@1.0.0\nwave: {source: ./tools/wave, digest: ${DIGEST}}\n`;
  deepEqual(await readWanted(text, "/p"), [
    { name: "greet", source: "npm:loom-greet@1.0.0" },
    { name: "wave", source: "/p/tools/wave", digest: DIGEST },
  ]);
  deepEqual(await readWanted(undefined, "/p"), []);
  deepEqual(await readWanted("", "/p"), []);
});

Deno.test("readWanted() says where it is wrong", async () => {
  const text = `greet: npm:x\nWave: ./x\nother: {source: ./x, digest: short}\nlist: [1]\n`;
  await rejects(readWanted(text, "/p"), (error) => {
    if (!isLoomError(error)) throw error;
    deepEqual([error.code, error.problems.map(({ line }) => line).sort()], ["plugins-invalid", [2, 3, 4]]);
    return true;
  });
  await rejects(readWanted("a: [", "/p"), { code: "plugins-invalid" });
  await rejects(readWanted("- a", "/p"), { code: "plugins-invalid" });
});

Deno.test("wantedStates() takes no other plugin of the same name for the one that is wanted", () => {
  const there = (name: string, asked: string, digest: string) =>
    ({ name, digest, source: { asked, resolved: asked } }) as InstalledPlugin;
  const installed = [there("a", "/p/a", DIGEST), there("b", "/p/b", DIGEST), there("c", "/evil", DIGEST)];
  const wanted = [
    { name: "a", source: "/elsewhere", digest: DIGEST },
    { name: "b", source: "/p/b", digest: DIGEST.replace("0", "1") },
    { name: "c", source: "/p/c" },
    { name: "d", source: "/p/d" },
  ];
  deepEqual(wantedStates(wanted, installed).map(({ name, state }) => `${name} ${state}`), [
    "a ok",
    "b differs",
    "c differs",
    "d not-added",
  ]);
});
