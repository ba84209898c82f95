import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { readShebang } from "./shebang.ts";

const asked = (source: string) => {
  const shebang = readShebang(source);
  return shebang && [shebang.program, ...shebang.words];
};

Deno.test("readShebang() reads the program and its words, seen through env", () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    "#!/bin/sh\necho": ["/bin/sh"],
    "#! /bin/bash -e -u": ["/bin/bash", "-e", "-u"],
    "#!/usr/bin/env node\r\nx": ["node"],
    "#!/usr/bin/env -S deno run -A\n": ["deno", "run", "-A"],
    "#!/usr/bin/env -Sdeno run": ["deno", "run"],
    "#!/usr/bin/env -S node --title \"a b\" c\\ d 'e f'": ["node", "--title", "a b", "c d", "e f"],
    "#!/usr/bin/env -S A=1 deno run": ["/usr/bin/env", "A=1", "deno", "run"],
    "#!/usr/bin/env -i sh": ["/usr/bin/env", "-i", "sh"],
    "\uFEFF#!/bin/sh": ["/bin/sh"],
  };
  for (const [source, words] of Object.entries(cases)) deepEqual(asked(source), words, source);
});

Deno.test("readShebang() sees none where there is none", () => {
  for (const source of ["", "#!", "#!  \n/bin/sh", "# !/bin/sh", " #!/bin/sh", "#!/usr/bin/env\n", "echo"]) {
    equal(readShebang(source), undefined, source);
  }
  equal(asked(`#!/bin/sh ${"x".repeat(10_000_000)}`)?.[0], "/bin/sh");
});
