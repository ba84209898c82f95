import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { LoomError } from "../errors.ts";
import type { FileInfo } from "../ports/files.ts";
import { languageOf, plainLauncher, type ScriptReader, starterOf } from "./starter.ts";

interface Given {
  readonly text?: string;
  readonly executable?: boolean;
  readonly absolute?: boolean;
  readonly kind?: FileInfo["kind"];
  readonly absent?: boolean;
}

function filesOf({ text = "", executable = false, kind = "file", absent = false }: Given): ScriptReader {
  const info = { kind, sizeBytes: text.length, mtimeMs: 0, ctimeMs: 0, inode: 1, device: 1, executable };
  return { stat: () => absent ? undefined : info, readText: () => text };
}

function started(name: string, given: Given = {}): string {
  const starter = starterOf({ script: `/w/${name}`, scriptIsAbsolute: given.absolute ?? false }, filesOf(given));
  return plainLauncher(starter, "PYTHON").join(" ");
}

Deno.test("starterOf() goes by the extension, whatever the execute bit says", () => {
  for (const given of [{}, { executable: true }, { absolute: true }, { absent: true }]) {
    equal(started("t.py", given), "PYTHON");
    equal(started("t.ts", given), "deno run -A");
    equal(started("t.mjs", given), "node");
    equal(started("t.sh", given), "bash");
    equal(started("t.R", given), "Rscript");
  }
  equal(started("t.pl"), "perl");
  equal(started("t.pl", { executable: true }), "");
});

Deno.test("starterOf() goes by the first line, but not of Python's own scripts", () => {
  equal(started("t.sh", { text: "#!/usr/bin/env zsh\n" }), "zsh");
  equal(started("t.js", { text: "#!/usr/bin/env -S deno run --allow-read\n" }), "deno run --allow-read");
  equal(started("t.py", { text: "#!/usr/bin/env bash\n" }), "PYTHON");
  equal(started("t", { text: "#!/bin/sh\r\necho" }), "/bin/sh");
  equal(started("t", { text: "#!/usr/bin/env python3\n" }), "PYTHON");
  equal(started("t", { text: "#!/opt/bin/python3.9\n" }), "/opt/bin/python3.9");
  equal(started("t.sh", { text: "#!/bin/sh", kind: "directory" }), "bash");
});

Deno.test("starterOf() runs programs themselves and gives the rest to Python", () => {
  equal(started("tool", { executable: true, text: "#!/bin/sh" }), "");
  equal(started("tool.bin", { executable: true }), "");
  equal(started("tool", { absolute: true, absent: true }), "");
  equal(started("tool", { absolute: true, text: "#!/bin/sh" }), "/bin/sh");
  equal(started("tool", { text: "print(1)" }), "PYTHON");
  equal(started("tool", { absent: true }), "PYTHON");
});

Deno.test("starterOf() goes by the extension alone where the script may not be read", () => {
  const readText = () => {
    throw new LoomError("not-permitted", "Cannot read");
  };
  const starter = starterOf({ script: "/w/t.sh", scriptIsAbsolute: false }, { ...filesOf({}), readText });
  deepEqual(starter.programs, [["bash"], ["sh"]]);
});

Deno.test("languageOf() sees what a program of the project is written in", () => {
  equal(languageOf("/w/tool", filesOf({ executable: true, text: "#!/bin/bash\n" })), "shell");
  equal(languageOf("/w/tool", filesOf({ executable: true, text: "\x7fELF" })), "other");
  equal(languageOf("/w/t.mts", filesOf({})), "javascript");
  equal(languageOf("/w/t", filesOf({ text: "#!/usr/bin/awk -f\n" })), "other");
});
