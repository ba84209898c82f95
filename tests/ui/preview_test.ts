import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { hostContext } from "../../compose/context.ts";
import { openFile } from "../../ui/server/preview/open.ts";
import { inServed, type Served } from "../support/served.ts";

const FILES = {
  "p.yml": `data:
  table: {path: t.csv, type: csv}
  config: {path: c.json, type: json}
  notes: {path: n.txt, type: txt}
  shots: {path: shots, type: image_directory}
  named: {path: a.png, type: image}
  zero: {path: /dev/zero, type: txt}
  pipe: {path: pipe.txt, type: txt}
  out: {path: "\${HOME}/outside.txt", type: txt, allow_outside_pipeline: true}
  parts: {path: "parts/{name}.txt", type: txt}
  zeroed: {path: "a\\0b"}
pipeline: []
`,
  "t.csv": 'id;"a ""quoted"" name";note\n1;x;"two\nlines; one cell"\n2;;<script>\n',
  "c.json": '{"big": 12345678901234567890, "f": 1.0, "s": "a {b}", "e": [], "l": [1,\n 2]}',
  "n.txt": Array.from({ length: 9 }, (_, at) => `${at} `.repeat(20)).join("\n"),
  "secret.html": "<script>alert(1)</script>",
  "parts/b.txt": "b",
  "parts/a.txt": "a",
};

/** First rows, the names of columns that they give, and how many rows there are. */
const HEADS: readonly (readonly [string, readonly string[], number])[] = [
  ["13.436,0.2", ["1", "2"], 2],
  ["1,2", ["1", "2"], 2],
  ["cat,-0.5", ["1", "2"], 2],
  ["country,2024", ["country", "2024"], 1],
  ["a,", ["a", ""], 1],
];

function preview(served: Served, key: string, more: Record<string, string | number> = {}) {
  return served.get("/api/preview", { path: "p.yml", key, ...more });
}

Deno.test("a preview shows a few lines, and whole pages of a text when they are asked for", () =>
  inServed(FILES, async (served) => {
    const few = await preview(served, "notes");
    deepEqual([few.kind, few.lines.length, few.total, few.truncated], ["text", 6, 9, true]);
    equal(few.lines[0], `${"0 ".repeat(15)}…`);
    const page = await preview(served, "notes", { offset: 7, limit: 100, columns: 1000 });
    deepEqual([page.lines, page.truncated], [["7 ".repeat(20), "8 ".repeat(20)], false]);
    deepEqual((await preview(served, "parts")).lines, ["a"]);
    const literal = await served.get("/api/preview", { path: "p.yml", text: "./parts/b.txt" });
    deepEqual(literal.lines, ["b"]);
    served.write("n.txt", "new");
    deepEqual((await preview(served, "notes")).lines, ["new"]);
    served.write("n.txt", "");
    deepEqual((await preview(served, "notes")).lines, []);
  }));

Deno.test("tables come by rows, whatever stands in their cells; JSON loses nothing by being made readable", () =>
  inServed(FILES, async (served) => {
    const { columns, rows, total, truncated } = await preview(served, "table");
    deepEqual(columns, ["id", 'a "quoted" name', "note"]);
    deepEqual(rows, [["1", "x", "two\nlines; one cell"], ["2", "", "<script>"]]);
    deepEqual([total, truncated], [2, false]);
    deepEqual((await preview(served, "table", { offset: 1, limit: 1 })).rows, [["2", "", "<script>"]]);
    served.write("t.csv", `a,b\n${Array.from({ length: 30_000 }, (_, at) => `${at},"x"`).join("\r\n")}\r\n`);
    const far = await preview(served, "table", { offset: 29_999, limit: 10 });
    deepEqual([far.rows, far.total], [[["29999", "x"]], 30_000]);
    for (const [first, columns, count] of HEADS) {
      served.write("t.csv", `${first}\n7,8\n`);
      const seen = await preview(served, "table");
      deepEqual([seen.columns, seen.rows.length, seen.total], [columns, count, count], first);
    }
    served.write("t.csv", `a,b\n"never closed\n${"1,2\n".repeat(400_000)}`);
    const broken = await preview(served, "table", { limit: 3 });
    deepEqual([broken.rows[0].length > 0, broken.truncated], [true, true]);
    deepEqual((await preview(served, "config", { limit: 20 })).lines, [
      "{",
      '  "big": 12345678901234567890,',
      '  "f": 1.0,',
      '  "s": "a {b}",',
      '  "e": [],',
      '  "l": [',
      "    1,",
      "    2",
      "  ]",
      "}",
    ]);
    served.write("c.json", "[".repeat(100_000) + "NaN");
    equal((await preview(served, "config")).lines.length, 6);
    served.write("c.json", `{"unclosed`);
    deepEqual((await preview(served, "config")).lines, ["{", '  "unclosed']);
  }));

Deno.test("huge, odd and broken files are shown in part or not at all, at once", () =>
  inServed(FILES, async (served) => {
    const big = await Deno.open(`${served.root}/n.txt`, { write: true, truncate: true });
    await big.write(new TextEncoder().encode("first\nsecond\n"));
    await big.truncate(2 ** 31);
    big.close();
    // A file of zeros is no text, but its first line is.
    equal(await preview(served, "notes"), 204);
    served.write("n.txt", "x".repeat(10_000_000));
    const line = await preview(served, "notes");
    deepEqual([line.lines, line.truncated], [["x".repeat(30) + "…"], true]);
    equal((await preview(served, "notes", { limit: 1000, columns: 20_000 })).lines[0].length, 20_001);
    served.write("n.txt", Uint8Array.of(0x61, 0xff, 0xc3, 0x28, 0x0a, 0x62));
    deepEqual((await preview(served, "notes")).lines, ["a\uFFFD\uFFFD(", "b"]);
    served.write("a.png", "\x89PNG");
    Deno.truncateSync(`${served.root}/a.png`, 100_000_000);
    const large = await served.get("/api/preview", { path: "p.yml", key: "named" });
    deepEqual(large.lines, ["This image has 100 MB, too many to show it here: open it outside"]);
    Deno.removeSync(`${served.root}/a.png`);
    Deno.mkdirSync(`${served.root}/a.png`);
    deepEqual(await preview(served, "named"), { kind: "folder", files: [], offset: 0, total: 0, truncated: false });
    deepEqual(await served.refused("/api/raw", { path: "p.yml", key: "named" }), [404, "no-file"]);
    await new Deno.Command("mkfifo", { args: [`${served.root}/pipe.txt`] }).output();
    for (const key of ["pipe", "zero"]) {
      equal(await preview(served, key), 204);
      deepEqual(await served.refused("/api/raw", { path: "p.yml", key }), [404, "no-file"]);
    }
  }));

Deno.test("openFile() opens only what was judged, not what has taken its place", () =>
  inServed(FILES, async (served) => {
    const { files } = hostContext();
    const real = `${served.root}/n.txt`;
    const judged = { real, info: files.stat(real)! };
    (await openFile(judged, { files })).close();
    Deno.writeTextFileSync(`${served.folder}/other.txt`, "other");
    Deno.symlinkSync(`${served.folder}/other.txt`, `${real}.new`);
    Deno.renameSync(`${real}.new`, real);
    await rejects(openFile(judged, { files }), { code: "absent" });
  }));

Deno.test("a folder of 100,000 files is listed in part, with any names", () =>
  inServed(FILES, async (served) => {
    const odd = ["<script>alert(1)</script>.png", "line\nbreak.png", "\u202Egnp.exe.png"];
    Deno.mkdirSync(`${served.root}/shots/deep/.hidden`, { recursive: true });
    for (const name of [...odd, "deep/x.png", ".hidden.png", "deep/.hidden/y.png"]) {
      served.write(`shots/${name}`, "12345");
    }
    Deno.symlinkSync("nowhere", `${served.root}/shots/broken`);
    Deno.symlinkSync("..", `${served.root}/shots/up`);
    const folder = await served.get("/api/folder", { path: "p.yml", key: "shots" });
    deepEqual(folder.files.map(({ path, size }: { path: string; size?: number }) => [path, size]), [
      ["<script>alert(1)</script>.png", 5],
      ["broken", undefined],
      ["deep/x.png", 5],
      ["line\nbreak.png", 5],
      ["\u202Egnp.exe.png", 5],
    ]);
    // A file cannot have all those names, but two can.
    const real = [`${served.root}/p.yml`, `${served.root}/n.txt`];
    for (let at = 0; at < 100_000; at++) Deno.linkSync(real[at % 2], `${served.root}/shots/deep/${at}`);
    const many = await served.get("/api/folder", { path: "p.yml", key: "shots", offset: 2, limit: 10 });
    deepEqual([many.files.length, many.truncated], [10, true]);
    deepEqual(await served.refused("/api/folder", { path: "p.yml", key: "notes" }), [404, "no-folder"]);
  }));

Deno.test("nothing is read outside the folder but what the pipeline declares", () =>
  inServed(FILES, async (served) => {
    Deno.writeTextFileSync(`${served.folder}/outside.txt`, "declared");
    Deno.writeTextFileSync(`${served.folder}/other.txt`, "other");
    Deno.symlinkSync(`${served.folder}/other.txt`, `${served.root}/link.txt`);
    Deno.symlinkSync(served.folder, `${served.root}/up`);
    Deno.mkdirSync(`${served.root}/shots`);
    Deno.symlinkSync(`${served.folder}/other.txt`, `${served.root}/shots/link.png`);
    deepEqual((await preview(served, "out")).lines, ["declared"]);
    const texts = [
      "../other.txt",
      `${served.folder}/other.txt`,
      "link.txt",
      "up/other.txt",
      "shots/link.png",
      "${HOME}/no",
    ];
    for (const path of ["/api/preview", "/api/raw", "/api/folder"]) {
      for (const text of [...texts, "a\0b", "a/../../other.txt"]) {
        deepEqual(await served.refused(path, { path: "p.yml", text }), [403, "outside"], `${path} ${text}`);
      }
    }
    for (const file of ["../../other.txt", "link.png", `${served.folder}/other.txt`, "x\0", "..%2f..%2fother.txt"]) {
      const [status] = await served.refused("/api/raw", { path: "p.yml", key: "shots", file });
      equal(status, file.startsWith("..%2f") ? 404 : 403, file);
    }
    deepEqual(await served.refused("/api/preview", { path: "p.yml", key: "nobody" }), [404, "unknown-data"]);
    deepEqual(await served.refused("/api/preview", { path: "p.yml", key: "config", file: "x" }), [404, "absent"]);
    deepEqual(await served.refused("/api/preview", { path: "p.yml", key: "zeroed" }), [404, "absent"]);
    equal((await served.get("/api/data", { path: "p.yml" })).data.at(-1).exists, "missing");
    deepEqual(await served.refused("/api/preview", { path: "../p.yml", key: "config" }), [403, "outside"]);
    deepEqual(await served.refused("/api/preview", { path: "p.yml" }), [400, "bad-request"]);
  }));

Deno.test("of an address the copy is shown that a run has left, and nothing that a link leads to", () =>
  inServed(
    { "p.yml": 'data: {far: {path: "http://127.0.0.1:9/a%20b/t.csv?x=1", type: csv}}\npipeline: []\n' },
    async (served) => {
      const entry = async () => (await served.get("/api/data", { path: "p.yml" })).data[0];
      equal((await entry()).copied, undefined);
      deepEqual(await served.refused("/api/preview", { path: "p.yml", key: "far" }), [404, "an-address"]);
      const name = `.loom-url-cache/${(await digestOf("http://127.0.0.1:9/a%20b/t.csv?x=1")).slice(0, 16)}_t.csv`;
      served.write(name, "a,b\n1,2\n");
      deepEqual([(await entry()).copied, (await entry()).size], [true, 8]);
      deepEqual((await preview(served, "far")).rows, [["1", "2"]]);
      Deno.removeSync(`${served.root}/${name}`);
      Deno.symlinkSync("/etc/hostname", `${served.root}/${name}`);
      equal((await entry()).copied, undefined);
      deepEqual(await served.refused("/api/preview", { path: "p.yml", key: "far" }), [404, "an-address"]);
    },
  ));

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(bytes).toHex();
}

Deno.test("bytes come whole or by ranges, and no file becomes a document of this origin", () =>
  inServed(FILES, async (served) => {
    served.write("shots/v.mp4", Uint8Array.from({ length: 300_000 }, (_, at) => at % 251));
    const shown = await preview(served, "shots", { file: "v.mp4" });
    deepEqual([shown.kind, shown.media, shown.size], ["video", "video/mp4", 300_000]);
    equal((await preview(served, "shots", { file: "v.mp4" })).url, shown.url);
    const ranged = async (range: string) => {
      const response = await fetch(served.address + shown.url, { headers: { range } });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return [response.status, response.headers.get("content-range"), bytes.length, bytes[0]];
    };
    deepEqual(await ranged("bytes=100-199"), [206, "bytes 100-199/300000", 100, 100]);
    deepEqual(await ranged("bytes=-10"), [206, "bytes 299990-299999/300000", 10, 299990 % 251]);
    deepEqual(await ranged("bytes=299999-"), [206, "bytes 299999-299999/300000", 1, 299999 % 251]);
    deepEqual((await ranged("bytes=300000-"))[0], 416);
    deepEqual((await ranged("bytes=5-2"))[0], 416);
    deepEqual((await ranged("pages=1"))[2], 300_000);
    const guessed = await fetch(`${served.address}/raw/${"0".repeat(32)}`);
    equal(guessed.status, 404);
    await guessed.body?.cancel();
    served.write("x.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
    for (const [text, type] of [["secret.html", "text/plain; charset=utf-8"], ["x.svg", "image/svg+xml"]]) {
      const response = await served.ask(`/api/raw?path=p.yml&text=${text}`);
      const headers = ["content-type", "content-security-policy", "content-disposition", "x-content-type-options"];
      const [media, policy, disposition, sniff] = headers.map((name) => response.headers.get(name) ?? "");
      deepEqual([media, sniff], [type, "nosniff"]);
      match(policy, /default-src 'none'.*sandbox$/);
      match(disposition, /^attachment/);
      await response.body?.cancel();
    }
    const token = await fetch(`${served.address}/api/raw?path=p.yml&text=x.svg`);
    equal(token.status, 401);
    ok((await token.text()).includes("token-needed"));
  }));
