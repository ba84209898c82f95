import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import { Cell } from "../support/held.ts";

const CANARY = "canary-8d1f";

Deno.test("nothing of loom's environment is in that of a program, nor in those of what stands around it", async () => {
  using cell = new Cell();
  Deno.env.set("LOOM_TEST_KEY", CANARY);
  try {
    const { out } = await cell.run("env; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\0' '\\n'");
    equal(out.includes(CANARY), false);
    const names = out.split("\n").filter((line) => /^\w+=/.test(line)).map((line) => line.split("=")[0]);
    deepEqual([...new Set(names)].filter((name) => !/^(PATH|PWD|OLDPWD|SHLVL|LOOM_ORIGIN|_|_loom_\d)$/.test(name)), []);
  } finally {
    Deno.env.delete("LOOM_TEST_KEY");
  }
});

Deno.test("a variable that the policy does not name is left out, LD_PRELOAD too", async () => {
  using cell = new Cell();
  const env = {
    LD_PRELOAD: "/evil.so",
    LD_LIBRARY_PATH: "/evil",
    BASH_ENV: "/evil",
    TOKEN: CANARY,
    WANTED: "a'b\"\n$c",
  };
  const { out, err } = await cell.run('echo "$LD_PRELOAD$LD_LIBRARY_PATH$BASH_ENV$TOKEN[$WANTED]"', {
    env,
    variables: ["PATH", "WANTED", "ABSENT"],
  });
  deepEqual([out, err], ["[a'b\"\n$c]\n", ""]);
});

Deno.test("a variable that the policy names is the program's alone: nothing outside of the sandbox loads what it says", async () => {
  using cell = new Cell();
  Deno.writeTextFileSync(`${cell.workspace}/evil.so`, "no library");
  // The loader says so of each program that it is asked to load it into: of the one inside, and of no other.
  const { out, err } = await cell.run("", {
    env: { LD_PRELOAD: `${cell.workspace}/evil.so` },
    variables: ["PATH", "LD_PRELOAD"],
    argv: ["echo", "here"],
  });
  equal(out, "here\n");
  deepEqual(err.match(/object '.*?' from LD_PRELOAD cannot be preloaded/g)?.length, 1);
});

Deno.test("a value in a variable is in no argument that others can read", async () => {
  using cell = new Cell();
  const env = { KEY: CANARY };
  const program = await cell.start("sleep 30", { env, variables: ["PATH", "KEY"] });
  const seen: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const text = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "");
    if (text.includes(CANARY)) seen.push(text);
  }
  await program.stop(0);
  deepEqual(seen, []);
});

Deno.test("a variable that no shell can set is refused", async () => {
  using cell = new Cell();
  for (const name of ["UID", "_loom_0"]) {
    await rejects(cell.run("true", { env: { [name]: "1" }, variables: [name] }), { code: "invalid-variable" });
  }
});

Deno.test("a program under another name is held in as under its own", async () => {
  using cell = new Cell();
  Deno.copyFileSync("/bin/sh", `${cell.workspace}/innocent`);
  const escape = `cat ${cell.outside}/secret; echo x >/usr/made`;
  const { out, err } = await cell.run("", { argv: [`${cell.workspace}/innocent`, "-c", escape] });
  equal(out, "");
  match(err, /No such file/);
});

Deno.test("a program that the policy does not name is not started", async () => {
  using cell = new Cell();
  await rejects(cell.run("", { argv: ["sh", "-c", "echo x"], programs: ["git"] }), { code: "program-not-allowed" });
  await rejects(cell.run("", { argv: ["no-such-program"] }), { code: "program-not-found" });
  const hidden = `${cell.outside}/tool`;
  Deno.writeTextFileSync(hidden, "#!/bin/sh\necho x\n", { mode: 0o755 });
  await rejects(cell.run("", { argv: [hidden] }), { code: "program-not-found", message: /does not show/ });
});

Deno.test("a folder that is not shown is none to start in", async () => {
  using cell = new Cell();
  const { sandboxes, outside, workspace } = cell;
  const policy = { actor: "test", action: "x", tier: "read-only", read: [workspace], write: [] } as const;
  const spec = { argv: ["sh"], env: {}, policy: { ...policy, hosts: [], programs: ["sh"], variables: [] } };
  await rejects(sandboxes.start({ ...spec, cwd: outside }), { code: "cwd-not-found" });
});
