import { strictEqual as equal } from "node:assert/strict";
import { hostFiles } from "../../plugins/host/files/mod.ts";
import { memoryFiles } from "../support/memory_files.ts";
import { filesContract } from "./files_contract.ts";
import { temporaryFolder } from "./temporary.ts";

filesContract("hostFiles", () => {
  const { path, [Symbol.dispose]: removeFolder } = temporaryFolder();
  const dataHome = Deno.env.get("XDG_DATA_HOME");
  Deno.env.set("XDG_DATA_HOME", `${path}.data`);
  return {
    files: hostFiles,
    folder: path,
    link: (at, target) => Deno.symlinkSync(target, at),
    [Symbol.dispose]: () => {
      removeFolder();
      hostFiles.remove(`${path}.data`);
      if (dataHome === undefined) Deno.env.delete("XDG_DATA_HOME");
      else Deno.env.set("XDG_DATA_HOME", dataHome);
    },
  };
});

filesContract("memoryFiles()", () => {
  const files = memoryFiles({ "/w/.keep": "" });
  files.makeDirectory("/w/test");
  return { files, folder: "/w/test", link: files.link, [Symbol.dispose]: () => {} };
});

Deno.test("hostFiles.writeAtomic() keeps the mode of the file", () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/run.sh`;
  hostFiles.writeAtomic(path, "one");
  Deno.chmodSync(path, 0o750);
  hostFiles.writeAtomic(path, "two");
  equal((Deno.statSync(path).mode ?? 0) & 0o777, 0o750);
  equal(hostFiles.stat(path)?.executable, true);
});
