import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { trashFreedesktop } from "./trash_freedesktop.ts";

const now = new Date(2025, 2, 4, 5, 6, 7);

function withFolder(body: (top: string) => void, dir?: string): void {
  const top = Deno.realPathSync(Deno.makeTempDirSync({ dir }));
  try {
    body(top);
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

Deno.test("trashFreedesktop() keeps the file with a note of where it was and when", () => {
  withFolder((top) => {
    Deno.writeTextFileSync(`${top}/ü b%.txt`, "text");
    trashFreedesktop(`${top}/ü b%.txt`, { dataHome: `${top}/data`, uid: 0, now });
    equal(Deno.readTextFileSync(`${top}/data/Trash/files/ü b%.txt`), "text");
    const note = Deno.readTextFileSync(`${top}/data/Trash/info/ü b%.txt.trashinfo`);
    equal(note, `[Trash Info]\nPath=${top}/%C3%BC%20b%25.txt\nDeletionDate=2025-03-04T05:06:07\n`);
    throws(() => Deno.lstatSync(`${top}/ü b%.txt`), Deno.errors.NotFound);
  });
});

Deno.test("trashFreedesktop() finds another name when one is taken, and takes whole folders", () => {
  withFolder((top) => {
    for (const text of ["one", "two"]) {
      Deno.mkdirSync(`${top}/out`);
      Deno.writeTextFileSync(`${top}/out/a`, text);
      trashFreedesktop(`${top}/out/`, { home: top, uid: 0, now });
    }
    const files = `${top}/.local/share/Trash/files`;
    deepEqual([Deno.readTextFileSync(`${files}/out/a`), Deno.readTextFileSync(`${files}/out.2/a`)], ["one", "two"]);
  });
});

Deno.test("trashFreedesktop() takes a link, never its target", () => {
  withFolder((top) => {
    Deno.writeTextFileSync(`${top}/target`, "text");
    Deno.symlinkSync("target", `${top}/link`);
    trashFreedesktop(`${top}/link`, { dataHome: `${top}/data`, uid: 0, now });
    equal(Deno.readLinkSync(`${top}/data/Trash/files/link`), "target");
    equal(Deno.readTextFileSync(`${top}/target`), "text");
  });
});

Deno.test("trashFreedesktop() uses the disk's own trash for what is on another disk", () => {
  // Memory is a disk of its own on every Linux.
  withFolder((home) =>
    withFolder((top) => {
      equal(Deno.statSync(home).dev === Deno.statSync(top).dev, false);
      const uid = 4_000_000;
      const can = `/dev/shm/.Trash-${uid}`;
      try {
        Deno.writeTextFileSync(`${top}/a`, "text");
        trashFreedesktop(`${top}/a`, { home, uid, now });
        equal(Deno.readTextFileSync(`${can}/files/a`), "text");
        const [, path] = Deno.readTextFileSync(`${can}/info/a.trashinfo`).split("\n");
        equal(path, `Path=${top.slice("/dev/shm/".length)}/a`);
      } finally {
        Deno.removeSync(can, { recursive: true });
      }
    }, "/dev/shm")
  );
});
