import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import type { Files } from "../../core/ports/files.ts";

/** A disk to try, with an empty folder on it. */
export interface FilesUnderTest extends Disposable {
  readonly files: Files;
  readonly folder: string;
  link(path: string, target: string): void;
}

/** What every {@linkcode Files} keeps to. */
export function filesContract(name: string, make: () => FilesUnderTest): void {
  const test = (sentence: string, body: (files: Files, at: string, all: FilesUnderTest) => unknown) =>
    Deno.test(`${name}: ${sentence}`, async () => {
      using under = make();
      await body(under.files, under.folder, under);
    });
  readingContract(test);
  writingContract(test);
  movingContract(test);
  digestContract(test);
}

type Test = (sentence: string, body: (files: Files, at: string, all: FilesUnderTest) => unknown) => void;

const abcDigest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

function readingContract(test: Test) {
  test("stat() tells files from folders, and nothing from both", (files, at) => {
    files.writeAtomic(`${at}/a`, "12345");
    const info = files.stat(`${at}/a`);
    deepEqual([info?.kind, info?.sizeBytes, info?.executable], ["file", 5, false]);
    ok((info?.mtimeMs ?? 0) > 0 && (info?.ctimeMs ?? 0) > 0);
    equal(files.stat(at)?.kind, "directory");
    equal(files.stat(`${at}/absent`), undefined);
    equal(files.stat(`${at}/a/below-a-file`), undefined);
  });

  test("stat() follows links; a broken or circular one is nothing", (files, at, { link }) => {
    files.writeAtomic(`${at}/a`, "12345");
    link(`${at}/good`, `${at}/a`);
    link(`${at}/broken`, "nowhere");
    link(`${at}/circle`, "circle");
    equal(files.stat(`${at}/good`)?.sizeBytes, 5);
    equal(files.stat(`${at}/broken`), undefined);
    equal(files.stat(`${at}/circle`), undefined);
    deepEqual([files.isLink(`${at}/broken`), files.isLink(`${at}/a`), files.isLink(`${at}/x`)], [true, false, false]);
  });

  test("list() names entries by their own kind, hidden ones too; no folder is an empty one", (files, at, { link }) => {
    files.writeAtomic(`${at}/.hidden`, "");
    files.makeDirectory(`${at}/folder/inner`);
    link(`${at}/link`, "folder");
    const entries = files.list(at).toSorted((a, b) => a.name < b.name ? -1 : 1);
    deepEqual(entries, [
      { name: ".hidden", kind: "file" },
      { name: "folder", kind: "directory" },
      { name: "link", kind: "symlink" },
    ]);
    deepEqual(files.list(`${at}/absent`), []);
    deepEqual(files.list(`${at}/.hidden`), []);
  });

  test("readText() replaces what is no UTF-8 and keeps a byte-order mark; readBytes() changes nothing", (files, at) => {
    files.writeAtomic(`${at}/a`, Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62));
    equal(files.readText(`${at}/a`), "\ufeffa\ufffdb");
    equal(files.readText(`${at}/absent`), undefined);
    deepEqual(files.readBytes(`${at}/a`), Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62));
    equal(files.readBytes(`${at}/absent`), undefined);
    throws(() => files.readText(at), { code: "is-directory" });
  });

  test("realPath() resolves every link", (files, at, { link }) => {
    files.makeDirectory(`${at}/real`);
    files.writeAtomic(`${at}/real/a`, "");
    link(`${at}/link`, "real");
    equal(files.realPath(`${at}/link/a`), `${at}/real/a`);
    equal(files.realPath(`${at}/link/absent`), undefined);
  });
}

function writingContract(test: Test) {
  test("writeAtomic() replaces the whole file and leaves nothing beside it", (files, at) => {
    files.writeAtomic(`${at}/a`, "a long text");
    files.writeAtomic(`${at}/a`, "short");
    equal(files.readText(`${at}/a`), "short");
    deepEqual(files.list(at).map((entry) => entry.name), ["a"]);
  });

  test("writeNew() writes a file where there is none, and touches none that is there", (files, at) => {
    files.writeNew(`${at}/a`, "text");
    throws(() => files.writeNew(`${at}/a`, "other"), { name: "LoomError", code: "disk-failed" });
    deepEqual([files.readText(`${at}/a`), files.list(at).length], ["text", 1]);
    throws(() => files.writeNew(`${at}/absent/a`, ""), { code: "not-found" });
  });

  test("makeExecutable() lets a file be run, and leaves what is in it", (files, at) => {
    files.writeAtomic(`${at}/a`, "text");
    files.makeExecutable(`${at}/a`);
    deepEqual([files.stat(`${at}/a`)?.executable, files.readText(`${at}/a`)], [true, "text"]);
    throws(() => files.makeExecutable(`${at}/absent`), { name: "LoomError" });
  });

  test("writeAtomic() writes through a link", (files, at, { link }) => {
    files.writeAtomic(`${at}/a`, "old");
    link(`${at}/link`, "a");
    files.writeAtomic(`${at}/link`, "new");
    deepEqual([files.readText(`${at}/a`), files.isLink(`${at}/link`)], ["new", true]);
  });

  test("writeAtomic() says what is in the way", (files, at) => {
    files.makeDirectory(`${at}/folder`);
    files.writeAtomic(`${at}/file`, "");
    throws(() => files.writeAtomic(`${at}/folder`, ""), { code: "is-directory", message: new RegExp(`${at}/folder`) });
    throws(() => files.writeAtomic(`${at}/file/a`, ""), { code: "not-directory" });
    throws(() => files.writeAtomic(`${at}/absent/a`, ""), { code: "not-found" });
    deepEqual(files.list(at).length, 2);
  });

  test("makeDirectory() makes parents, does not mind a folder, and minds a file", (files, at) => {
    files.makeDirectory(`${at}/a/b/c`);
    files.makeDirectory(`${at}/a/b/c`);
    equal(files.stat(`${at}/a/b/c`)?.kind, "directory");
    files.writeAtomic(`${at}/file`, "");
    throws(() => files.makeDirectory(`${at}/file`), { code: "not-directory" });
    throws(() => files.makeDirectory(`${at}/file/below`), { code: "not-directory" });
  });
}

function movingContract(test: Test) {
  test("move() replaces files and whole folders", (files, at) => {
    for (const name of ["new", "old"]) {
      files.makeDirectory(`${at}/${name}`);
      files.writeAtomic(`${at}/${name}/${name}.txt`, name);
    }
    files.move(`${at}/new`, `${at}/old`);
    deepEqual(files.list(`${at}/old`).map((entry) => entry.name), ["new.txt"]);
    files.writeAtomic(`${at}/file`, "file");
    files.move(`${at}/file`, `${at}/old`);
    deepEqual([files.readText(`${at}/old`), files.list(at).length], ["file", 1]);
    throws(() => files.move(`${at}/absent`, `${at}/old`), { code: "not-found" });
    equal(files.readText(`${at}/old`), "file");
  });

  test("copy() takes a whole folder with its links, and replaces what was there", (files, at, { link }) => {
    files.makeDirectory(`${at}/from/inner`);
    files.writeAtomic(`${at}/from/inner/a`, "a");
    link(`${at}/from/link`, "inner/a");
    files.makeDirectory(`${at}/to`);
    files.writeAtomic(`${at}/to/stale`, "");
    files.copy(`${at}/from`, `${at}/to`);
    deepEqual([files.readText(`${at}/to/inner/a`), files.readText(`${at}/to/link`)], ["a", "a"]);
    deepEqual([files.isLink(`${at}/to/link`), files.stat(`${at}/to/stale`)], [true, undefined]);
    equal(files.readText(`${at}/from/inner/a`), "a");
    throws(() => files.copy(`${at}/absent`, `${at}/to`), { code: "not-found" });
    equal(files.readText(`${at}/to/inner/a`), "a");
  });

  test("remove() takes a link and never its target; absent is fine", (files, at, { link }) => {
    files.makeDirectory(`${at}/folder`);
    files.writeAtomic(`${at}/folder/a`, "");
    link(`${at}/link`, "folder");
    files.remove(`${at}/link`);
    ok(files.stat(`${at}/folder/a`) !== undefined && !files.isLink(`${at}/link`));
    files.remove(`${at}/folder`);
    files.remove(`${at}/folder`);
    deepEqual(files.list(at), []);
  });

  test("trash() takes the path away; absent is fine", async (files, at) => {
    files.writeAtomic(`${at}/a`, "");
    await files.trash(`${at}/a`);
    await files.trash(`${at}/a`);
    equal(files.stat(`${at}/a`), undefined);
  });
}

function digestContract(test: Test) {
  test("digest() is SHA-256, heard as it goes on, and stops when the signal aborts", async (files, at) => {
    files.writeAtomic(`${at}/a`, "abc");
    let bytes = 0;
    equal(await files.digest(`${at}/a`, { onBytes: (count) => bytes += count }), abcDigest);
    equal(bytes, 3);
    await rejects(files.digest(`${at}/absent`), { code: "not-found" });
    await rejects(files.digest(at), { code: "is-directory" });
    await rejects(files.digest(`${at}/a`, { signal: AbortSignal.abort(new Error("enough")) }), { message: "enough" });
  });

  test("digest() of a large file is that of its bytes", async (files, at) => {
    const text = "0123456789abcdef".repeat(700_000);
    files.writeAtomic(`${at}/large`, text);
    equal(await files.digest(`${at}/large`), files.digestText(text));
  });

  test("digestText() is SHA-256 of the UTF-8 bytes", (files) => {
    equal(files.digestText("abc"), abcDigest);
    equal(files.digestBytes(new Uint8Array([97, 98, 99])), abcDigest);
    equal(files.digestText("ü"), "607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f");
  });
}
