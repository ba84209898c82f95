import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { pathTree } from "./path_tree.ts";

Deno.test("pathTree() puts folders first and joins those that hold one folder only", () => {
  deepEqual(pathTree(["b.yml", "a/x/p10.yml", "a/x/p2.yml", "c/p.yml", "c/d/q.yml"]), [
    {
      name: "a/x",
      path: "a/x",
      children: [{ name: "p2.yml", path: "a/x/p2.yml" }, { name: "p10.yml", path: "a/x/p10.yml" }],
    },
    {
      name: "c",
      path: "c",
      children: [
        { name: "d", path: "c/d", children: [{ name: "q.yml", path: "c/d/q.yml" }] },
        { name: "p.yml", path: "c/p.yml" },
      ],
    },
    { name: "b.yml", path: "b.yml" },
  ]);
});
