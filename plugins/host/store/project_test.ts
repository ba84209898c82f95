import { strictEqual as equal } from "node:assert/strict";
import { projectOf } from "./project.ts";

function withFolders(folders: readonly string[], check: (top: string) => void): void {
  const top = Deno.realPathSync(Deno.makeTempDirSync());
  for (const folder of folders) Deno.mkdirSync(`${top}/${folder}`, { recursive: true });
  check(top);
  Deno.removeSync(top, { recursive: true });
}

Deno.test("projectOf() is the nearest folder upward that holds state", () => {
  withFolders(["a/.loom", "a/b/c"], (top) => {
    equal(projectOf(`${top}/a/b/c/p.yml`), `${top}/a`);
    equal(projectOf(`${top}/a/b/c`), `${top}/a`);
    equal(projectOf(`${top}/a/p.yml`), `${top}/a`);
  });
});

Deno.test("projectOf() is the file's own folder when there is no state", () => {
  withFolders(["a/b"], (top) => {
    equal(projectOf(`${top}/a/b/p.yml`, { home: top }), `${top}/a/b`);
    equal(projectOf(`${top}/a/b`, { home: top }), `${top}/a/b`);
    equal(projectOf("/p.yml"), "/");
  });
});

Deno.test("projectOf() stops at the root of the repository, but looks there", () => {
  withFolders([".loom", "repo/.git", "repo/a"], (top) => {
    equal(projectOf(`${top}/repo/a/p.yml`), `${top}/repo/a`);
    Deno.mkdirSync(`${top}/repo/.loom`);
    equal(projectOf(`${top}/repo/a/p.yml`), `${top}/repo`);
  });
});

Deno.test("projectOf() takes no user state for a project", () => {
  withFolders(["home/.loom", "home/a", "other/.loom", "other/a"], (top) => {
    equal(projectOf(`${top}/home/a/p.yml`, { home: `${top}/home` }), `${top}/home/a`);
    const limits = { home: top, userState: `${top}/other/.loom` };
    equal(projectOf(`${top}/other/a/p.yml`, limits), `${top}/other/a`);
  });
});
