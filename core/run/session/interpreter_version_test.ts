import { rejects, strictEqual as equal } from "node:assert/strict";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { fakeSubprocesses } from "../../../tests/support/fake_subprocess.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { memoryStores } from "../../../tests/support/memory_store.ts";
import { interpreterVersion } from "./interpreter_version.ts";

const PATH = "/root/.pyenv/shims/python3";
const PYENV = `#!/usr/bin/env bash
set -e
program="\${0##*/}"
export PYENV_ROOT="/root/.pyenv"
exec "/root/.pyenv/libexec/pyenv" exec "$program" "$@"
`;

function setUp(text: string) {
  const files = memoryFiles({ "/root/.pyenv/version": "3.11.7", "/root/.pyenv/versions/3.11.7/x": "" });
  files.write(PATH, text, { executable: true });
  const subprocesses = fakeSubprocesses(({ onOutput }) => (onOutput?.("stdout", "Python 3.11.7\n"), { exitCode: 0 }));
  const env: Record<string, string> = {};
  const context = fakeContext({ files, subprocesses, env, cwd: "/w/sub" });
  const { digests } = memoryStores().open("/w", () => {});
  const ask = () => interpreterVersion(PATH, context, digests);
  return { files, env, ask, count: () => subprocesses.started.length };
}

Deno.test("interpreterVersion() asks a binary once, and again when another is in its place", async () => {
  const it = setUp("x".repeat(5000));
  equal(await it.ask(), "3.11.7");
  await it.ask();
  equal(it.count(), 1);
  it.files.write(PATH, "y".repeat(5000), { executable: true });
  await it.ask();
  equal(it.count(), 2);
});

Deno.test("interpreterVersion() asks a script of pyenv again when anything that it goes by has changed", async () => {
  const it = setUp(PYENV);
  let asked = 0;
  const isAskedAgain = async () => {
    await it.ask();
    await it.ask();
    equal(it.count(), ++asked);
  };
  await isAskedAgain();
  it.files.write("/w/.python-version", "3.12.1");
  await isAskedAgain();
  it.files.write("/w/.python-version", "3.10.1");
  await isAskedAgain();
  it.files.remove("/w/.python-version");
  it.files.write("/root/.pyenv/version", "3.9.1");
  await isAskedAgain();
  it.env.PYENV_VERSION = "3.8.1";
  await isAskedAgain();
  it.files.makeDirectory("/root/.pyenv/versions/3.12.9");
  await isAskedAgain();
});

Deno.test("interpreterVersion() asks any other script every time", async () => {
  const it = setUp('#!/bin/sh\nexec python3.11 "$@"\n');
  await it.ask();
  await it.ask();
  equal(it.count(), 2);
});

Deno.test("interpreterVersion() says what a broken one said", async () => {
  const subprocesses = fakeSubprocesses((
    { onOutput },
  ) => (onOutput?.("stderr", "no such library\n"), { exitCode: 127 }));
  const context = fakeContext({ subprocesses });
  await rejects(interpreterVersion("/x/python", context), {
    code: "python-broken",
    message: "Cannot run /x/python: no such library",
  });
});
