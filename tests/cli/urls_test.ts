import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachLoom, type Loom, Project } from "../support/cli.ts";

/** A web server that counts what it is asked. */
class Server implements AsyncDisposable {
  readonly asked: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  text = "first\n";

  constructor() {
    this.#server = Deno.serve(
      {
        port: 0,
        hostname: "127.0.0.1",
        onListen: () => {},
        // The one that is cut off on purpose.
        onError: () => new Response(null, { status: 500 }),
      },
      (request) => this.#answer(request),
    );
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  #answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    this.asked.push(`${request.method} ${pathname}`);
    if (pathname === "/moved") return Response.redirect(`${this.origin}/x.csv`);
    if (pathname === "/absent.csv") return new Response("no", { status: 404 });
    if (pathname === "/cut.csv") return new Response(cutOff(), { headers: { "content-length": "1000" } });
    const etag = `"${this.text.length}-${this.text.trim()}"`;
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: { etag } });
    return new Response(this.text, { headers: { etag } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function cutOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode("half"));
      controller.error(new Error("cut off"));
    },
  });
}

function eachServed(name: string, yaml: string, test: (project: Project, server: Server) => Promise<void>): void {
  eachLoom(name, async (loom: Loom) => {
    await using server = new Server();
    await using project = await Project.make(loom, { "pipeline.yml": yaml.replaceAll("ORIGIN", server.origin) });
    await test(project, server);
  });
}

const ONE = `
data: {u: ORIGIN/data/x.csv?v=1, o: o.txt}
pipeline:
  - {name: a, task: tasks/mix.py, inputs: {x: $u}, outputs: {--out: $o}, args: {--src: $u}}
`;

async function nameOf(url: string, last: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(url));
  return `${new Uint8Array(digest).toHex().slice(0, 16)}_${last}`;
}

eachServed("an input that is a URL is downloaded once, under the known name", ONE, async (project, server) => {
  (await project.run(["pipeline.yml"])).expect({});
  const url = `${server.origin}/data/x.csv?v=1`;
  const copy = project.path(`.loom-url-cache/${await nameOf(url, "x.csv")}`);
  deepEqual(await project.received(), [[copy, "--out", project.path("o.txt"), "--src", url]]);
  deepEqual(await project.read("o.txt"), `--src ${url}\nfirst\n`);
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(server.asked, ["GET /data/x.csv"]);
});

eachServed(
  "copies that were there before, also those of the original, are used as they are",
  ONE,
  async (project, server) => {
    const copy = `.loom-url-cache/${await nameOf(`${server.origin}/data/x.csv?v=1`, "x.csv")}`;
    await project.write({ [copy]: "from before\n" });
    (await project.run(["pipeline.yml"])).expect({});
    deepEqual([(await project.read("o.txt"))?.endsWith("from before\n"), server.asked], [true, []]);
  },
);

eachServed(
  "an address written as an input, or in a parameter, is downloaded too",
  `
parameters: {p: ORIGIN/p.csv}
pipeline: [{name: a, task: tasks/record.py, inputs: {x: ORIGIN/x.csv, y: $p}, args: {--p: $p}}]
`,
  async (project, server) => {
    const url = (name: string) => `${server.origin}/${name}`;
    (await project.run(["pipeline.yml", "--dry-run"])).expect({ out: [url("x.csv"), url("p.csv")] });
    (await project.run(["pipeline.yml"])).expect({});
    const copies = await Promise.all(["x.csv", "p.csv"].map((name) => nameOf(url(name), name)));
    const paths = copies.map((name) => project.path(`.loom-url-cache/${name}`));
    deepEqual(await project.received(), [[...paths, "--p", url("p.csv")]]);
  },
);

eachServed("--refresh-urls asks again and takes what is new", ONE, async (project, server) => {
  (await project.run(["pipeline.yml"])).expect({});
  (await project.run(["pipeline.yml", "--refresh-urls", "--cached"])).expect({ out: ["[FRESH] a"] });
  server.text = "second\n";
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] a"] });
  (await project.run(["pipeline.yml", "--refresh-urls", "--cached"])).expect({ out: ["[SUCCESS] a"] });
  deepEqual((await project.read("o.txt"))?.endsWith("second\n"), true);
  deepEqual(server.asked.length, 3);
});

eachServed("a dry run downloads nothing", ONE, async (project, server) => {
  (await project.run(["pipeline.yml", "--dry-run"])).expect({ out: ["[DRY RUN] a"] });
  deepEqual(server.asked, []);
  deepEqual(await project.has(".loom-url-cache"), false);
});

eachServed(
  "redirects are followed, and names are made safe",
  `
data: {m: ORIGIN/moved, plain: ORIGIN/, odd: "ORIGIN/a%2F..%2Fb c"}
pipeline:
  - {name: a, task: tasks/record.py, inputs: {m: $m, p: $plain, o: $odd}}
`,
  async (project, server) => {
    (await project.run(["pipeline.yml"])).expect({});
    const [paths] = await project.received();
    deepEqual(paths[0], project.path(`.loom-url-cache/${await nameOf(`${server.origin}/moved`, "moved")}`));
    deepEqual(paths[1], project.path(`.loom-url-cache/${await nameOf(`${server.origin}/`, "download")}`));
    const folder = project.path(".loom-url-cache/");
    deepEqual([paths[2].startsWith(folder), paths[2].slice(folder.length).includes("/")], [true, false]);
  },
);

eachServed(
  "a download that fails fails its step only, and leaves nothing behind",
  `
data: {gone: ORIGIN/absent.csv, cut: ORIGIN/cut.csv, dead: "http://127.0.0.1:9/x", o: o.txt}
pipeline:
  - {name: gone, task: tasks/record.py, inputs: {x: $gone}, outputs: {--o: $o}}
  - {name: cut, task: tasks/record.py, inputs: {x: $cut}}
  - {name: dead, task: tasks/record.py, inputs: {x: $dead}}
  - {name: after, task: tasks/record.py, inputs: {x: $o}}
  - {name: other, task: tasks/record.py, args: {--name: other}}
`,
  async (project) => {
    (await project.run(["pipeline.yml"])).expect({
      code: 1,
      out: ["[FAILED] gone", "404", "[FAILED] cut", "[FAILED] dead", "[SKIPPED] after", "[SUCCESS] other", "1/5"],
      not: ["internal"],
    });
    await project.ran(["other"]);
    const left = await project.has(".loom-url-cache") ? project.list(".loom-url-cache") : [];
    deepEqual(left.filter((name) => /_(absent|cut)\.csv$/.test(name)), []);
  },
);

eachServed("--clean removes the copies", ONE, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  (await project.run(["pipeline.yml", "--clean", "--permanent", "-y"])).expect({});
  deepEqual(await project.has(".loom-url-cache"), false);
});
