import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import type { PluginPermissions } from "../ports/plugin.ts";
import { rightsInWords } from "./rights.ts";
import { rightsDiff } from "./rights_diff.ts";

Deno.test("rightsInWords() says each right, and what is left out", () => {
  const permissions = {
    read: ["workspace"],
    write: ["workspace/out"],
    hosts: ["api.example.org", "*.example.com", "example.com:8080", "localhost:11434"],
    variables: ["OPENAI_KEY"],
    programs: ["git"],
  };
  const { may, mayNot, notes } = rightsInWords(permissions);
  deepEqual(may, [
    "read the files of your workspace",
    "read, change and delete the files in out/ of your workspace",
    "reach every host below example.com",
    "reach api.example.org",
    "reach example.com, port 8080",
    "reach programs on this machine that listen at localhost:11434",
    "be given the variable OPENAI_KEY",
    "have git started, in a sandbox",
  ]);
  deepEqual(mayNot, [
    "read any other file",
    "change any other file",
    "reach any other host",
    "see any other variable of your environment",
    "start any other program",
  ]);
  deepEqual(notes, ["What it reads or is given it can send to the hosts above."]);
});

Deno.test("rightsInWords() says of a plugin without rights what it may not", () => {
  deepEqual(rightsInWords({}), {
    may: [],
    mayNot: [
      "read any file",
      "change any file",
      "reach the network",
      "see a variable of your environment",
      "start programs",
    ],
    notes: [],
  });
});

const MORE: readonly (readonly [name: string, granted: PluginPermissions, asked: PluginPermissions, more: string[]])[] =
  [
    ["the same", { read: ["workspace"] }, { read: ["workspace"] }, []],
    ["a folder below", { read: ["workspace"] }, { read: ["workspace/data"] }, []],
    ["a folder above", { read: ["workspace/data"] }, { read: ["workspace"] }, ["read workspace"]],
    ["a folder beside", { read: ["workspace/data"] }, { read: ["workspace/data2"] }, ["read workspace/data2"]],
    ["reading what can be written", { write: ["workspace"] }, { read: ["workspace"] }, []],
    ["writing what can be read", { read: ["workspace"] }, { write: ["workspace"] }, ["write workspace"]],
    ["a host below", { hosts: ["*.example.org", "example.org"] }, { hosts: ["a.example.org"] }, []],
    ["a host that only ends alike", { hosts: ["*.example.org"] }, { hosts: ["badexample.org"] }, [
      "hosts badexample.org",
    ]],
    ["another port", { hosts: ["example.org"] }, { hosts: ["example.org:22"] }, ["hosts example.org:22"]],
    ["a variable", {}, { variables: ["KEY"] }, ["variables KEY"]],
    ["a program", { programs: ["git"] }, { programs: ["git", "make"] }, ["programs make"]],
  ];

for (const [name, granted, asked, more] of MORE) {
  Deno.test(`rightsDiff() finds what is more: ${name}`, () => {
    deepEqual(rightsDiff(granted, asked).more.map(({ right, entry }) => `${right} ${entry}`), more);
  });
}

const entries = fc.record({
  read: fc.array(fc.constantFrom("workspace", "workspace/a", "workspace/a/b", "workspace/ab")),
  write: fc.array(fc.constantFrom("workspace", "workspace/a", "workspace/a/b")),
  hosts: fc.array(fc.constantFrom("example.org", "*.example.org", "a.example.org", "a.example.org:8080")),
  variables: fc.array(fc.constantFrom("A", "B")),
  programs: fc.array(fc.constantFrom("git", "make")),
});

Deno.test("rightsDiff() finds nothing more in what was granted, and the reverse is what is less", () => {
  fc.assert(fc.property(entries, entries, (a, b) => {
    deepEqual(rightsDiff(a, a), { more: [], less: [] });
    deepEqual(rightsDiff(a, b).more, rightsDiff(b, a).less);
  }));
});
