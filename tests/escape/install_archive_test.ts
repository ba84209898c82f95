import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { unpack } from "../../plugins/host/plugins/install/unpack.ts";
import { archive, fileEntry, gzip, packageArchive } from "../support/plugins/archive.ts";

const OPTIONS = { label: "npm:x@1.0.0", gzip: true, links: "refuse" } as const;

Deno.test("unpack() gives the files of a package", async () => {
  const files = await unpack(await packageArchive({ "mod.js": "1", "lib/a.js": "2" }), OPTIONS);
  deepEqual([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]), [["mod.js", "1"], [
    "lib/a.js",
    "2",
  ]]);
});

const PATHS = [
  "package/../../x",
  "../x",
  "/etc/cron.d/x",
  "package//x",
  "package/a\\..\\x",
  "C:/x",
  "package/a\u0001b",
];

for (const path of PATHS) {
  Deno.test(`unpack() refuses the path ${JSON.stringify(path)}`, async () => {
    await rejects(unpack(await archive([fileEntry(path, "x")]), OPTIONS), { code: "plugin-source" });
  });
}

for (const type of ["symlink", "link", "character-device", "block-device", "fifo"] as const) {
  Deno.test(`unpack() refuses a ${type}`, async () => {
    const hostile = { header: { name: "package/x", size: 0, type, linkname: "/etc/passwd" } };
    await rejects(unpack(await archive([hostile]), OPTIONS), { code: "plugin-source" });
  });
}

Deno.test("unpack() leaves links of a repository out", async () => {
  const link = { header: { name: "package/x", size: 0, type: "symlink", linkname: "/etc/passwd" } } as const;
  const files = await unpack(await archive([link, fileEntry("package/a", "1")]), { ...OPTIONS, links: "skip" });
  deepEqual([...files.keys()], ["a"]);
});

Deno.test("unpack() stops a bomb long before it is unpacked", async () => {
  const bomb = await gzip(new Uint8Array(96 * 1024 * 1024));
  equal(bomb.length < 1024 * 1024, true);
  await rejects(unpack(bomb, OPTIONS), { code: /plugin-(too-large|source)/ });
});

Deno.test("unpack() stops a large file, and many that are large together", async () => {
  const large = new Uint8Array(21 * 1024 * 1024);
  await rejects(unpack(await packageArchive({ "mod.js": large }), OPTIONS), { code: "plugin-too-large" });
  const part = large.subarray(0, 3 * 1024 * 1024);
  const parts = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`${n}.js`, part]));
  await rejects(unpack(await packageArchive(parts), OPTIONS), { code: "plugin-too-large" });
});

Deno.test("unpack() stops at ten thousand files", async () => {
  const many = Array.from({ length: 10_001 }, (_, n) => fileEntry(`package/${n}`, ""));
  await rejects(unpack(await archive(many), OPTIONS), { code: "plugin-source", message: /more than 10000 files/ });
});

Deno.test("unpack() refuses a file that claims to be longer than the archive", async () => {
  const whole = await archive([fileEntry("package/mod.js", "x".repeat(5_000))]);
  for (const cut of [0, 1, 10, 30]) {
    await rejects(unpack(whole.subarray(0, cut), OPTIONS), { code: "plugin-source" }, `${cut}`);
  }
  const plain = new Uint8Array(1_000).fill(7);
  await rejects(unpack(plain, OPTIONS), { code: "plugin-source" });
  await rejects(unpack(await gzip(plain), OPTIONS), { code: "plugin-source" });
});

Deno.test("unpack() keeps __proto__ a file like any other", async () => {
  const files = await unpack(await packageArchive({ "__proto__": "x", "constructor": "y" }), OPTIONS);
  deepEqual([...files.keys()], ["__proto__", "constructor"].filter((name) => files.has(name)));
  equal(({} as Record<string, unknown>).x, undefined);
});
