import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { type ApiDocument, apiTypes, FILE } from "../../_tools/api_types.ts";
import { hostContext } from "../../compose/context.ts";
import { loadPipeline, pipelineStatus, runPipeline } from "../../core/run/mod.ts";
import { serve, type Serving } from "../../ui/server/mod.ts";

const PIPELINE = "pipeline:\n  - {name: a, task: a.py}\n";

/** A server over a folder with one pipeline, and a link that leads out of it. */
async function withServer(work: (server: Asked) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "loom-ui-" }));
  const root = `${folder}/p`;
  await Deno.mkdir(root);
  await Deno.writeTextFile(`${root}/p.yml`, PIPELINE);
  await Deno.writeTextFile(`${folder}/secret.yml`, "pipeline: []\n");
  await Deno.symlink(`${folder}/secret.yml`, `${root}/link.yml`);
  const context = hostContext();
  const engine = { loadPipeline, pipelineStatus, runPipeline };
  const assets = { get: () => undefined };
  const serving = serve({ context, engine, place: { root }, assets, version: "0" });
  try {
    await work(new Asked(serving, root));
  } finally {
    await serving.close();
    await Deno.remove(folder, { recursive: true });
  }
}

class Asked {
  readonly address: string;
  readonly token: string;

  constructor({ url }: Serving, readonly root: string) {
    [this.address, this.token] = url.split("/#token=");
  }

  /** The status and the code of the error, if it is one. */
  async refused(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
    const response = await fetch(`${this.address}${path}`, init);
    const body = await response.json();
    return [response.status, body.error?.code];
  }

  headers(more: Record<string, string> = {}): Record<string, string> {
    return { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...more };
  }
}

/** A request as a page of another name sends it: `fetch` would not let the name be chosen. */
async function rawStatus(address: string, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(address);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\nconnection: close\r\n\r\n`));
  const buffer = new Uint8Array(64);
  const read = await connection.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, read ?? 0)).split("\r\n")[0];
}

Deno.test("who does not know the token can read nothing and start nothing", () =>
  withServer(async (server) => {
    const { token } = server;
    const wrong = [undefined, "", token.slice(1), `${token}x`, token.replace(/.$/, (last) => last === "0" ? "1" : "0")];
    for (const given of wrong) {
      const headers: Record<string, string> = given === undefined ? {} : { authorization: `Bearer ${given}` };
      for (const path of ["/api/session", "/api/file?path=p.yml", "/api/events"]) {
        deepEqual(await server.refused(path, { headers }), [401, "token-needed"]);
      }
      deepEqual(await server.refused("/api/runs", { method: "POST", headers, body: "{}" }), [401, "token-needed"]);
    }
    deepEqual(await server.refused(`/api/session?token=${token}`), [401, "token-needed"]);
    deepEqual(await server.refused("/api/session", { headers: { cookie: `token=${token}` } }), [401, "token-needed"]);
  }));

Deno.test("pages of other origins and bent names are stopped, even with the token", () =>
  withServer(async (server) => {
    const { address } = server;
    for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1", address.replace("http", "https")]) {
      deepEqual(await server.refused("/api/session", { headers: server.headers({ origin }) }), [403, "wrong-origin"]);
    }
    const { host } = new URL(address);
    const asked = (name: string) =>
      rawStatus(address, [
        "GET /api/session HTTP/1.1",
        `host: ${name}`,
        ...Object.entries(server.headers()).map((line) => line.join(": ")),
      ]);
    match(await asked(host), / 200 /);
    for (const name of ["evil.example", `evil.example:${new URL(address).port}`, "127.0.0.1", ""]) {
      match(await asked(name), / (421|400) /, name);
    }
    const answer = await fetch(`${address}/api/session`, { headers: server.headers({ origin: address }) });
    equal(answer.headers.get("access-control-allow-origin"), null);
    match(answer.headers.get("content-security-policy")!, /default-src 'self'/);
    await answer.body?.cancel();
    const asks = await fetch(`${address}/api/runs`, { method: "OPTIONS", headers: { origin: "http://evil.example" } });
    ok(asks.status >= 400);
    await asks.body?.cancel();
  }));

Deno.test("changes are JSON, and files lie in the folder that was opened", () =>
  withServer(async (server) => {
    const headers = server.headers({ "content-type": "text/plain" });
    deepEqual(await server.refused("/api/file", { method: "PUT", headers, body: "{}" }), [415, "json-needed"]);
    for (const body of ["{", "", '{"a":', "nothing"]) {
      const asked = { method: "PUT", headers: server.headers(), body };
      deepEqual(await server.refused("/api/file", asked), [400, "bad-request"], body);
    }
    const outside = [
      "../secret.yml",
      "link.yml",
      "a/../../secret.yml",
      "/etc/x.yml",
      "%2e%2e/secret.yml",
      "p.yml%00.yml",
    ];
    for (const path of outside) {
      const [status] = await server.refused(`/api/file?path=${path}`, { headers: server.headers() });
      equal(status, 403, path);
      const body = JSON.stringify({ path: decodeURIComponent(path), base: "", text: "x" });
      const [written] = await server.refused("/api/file", { method: "PUT", headers: server.headers(), body });
      equal(written, 403, path);
    }
    const isNew = await fetch(`${server.address}/api/file?path=new/one.yml`, { headers: server.headers() });
    deepEqual([isNew.status, (await isNew.json()).exists], [200, false]);
    deepEqual(await server.refused("/api/file?path=notes.txt", { headers: server.headers() }), [400, "no-pipeline"]);
  }));

Deno.test("a file that has changed since it was read is not written over, and both versions are given back", () =>
  withServer(async (server) => {
    const read = await fetch(`${server.address}/api/file?path=p.yml`, { headers: server.headers() });
    const { digest, text } = await read.json();
    equal(text, PIPELINE);
    const put = (base: string, text: string) =>
      fetch(`${server.address}/api/file`, {
        method: "PUT",
        headers: server.headers(),
        body: JSON.stringify({ path: "p.yml", base, text }),
      });
    const written = await (await put(digest, "# mine\n" + PIPELINE)).json();
    const late = await put(digest, "# late\n" + PIPELINE);
    const { error: { code, data } } = await late.json();
    deepEqual([late.status, code, data.current, data.yours], [
      409,
      "changed-underneath",
      "# mine\n" + PIPELINE,
      "# late\n" + PIPELINE,
    ]);
    equal(await Deno.readTextFile(`${server.root}/p.yml`), "# mine\n" + PIPELINE);
    equal((await put(written.digest, PIPELINE)).status, 200);
  }));

Deno.test("what is sent is measured as it comes, whatever it says of its length", () =>
  withServer(async (server) => {
    let sent = 0;
    const piece = new Uint8Array(1024 * 1024).fill(0x20);
    const body = new ReadableStream({
      pull: (controller) => {
        if (++sent > 64) controller.close();
        else controller.enqueue(piece);
      },
    });
    const init = { method: "POST", headers: server.headers(), body };
    deepEqual(await server.refused("/api/check", init), [413, "too-long"]);
    const headers = server.headers({ "content-length": "99999999" });
    deepEqual(await server.refused("/api/check", { method: "POST", headers, body: " ".repeat(18 * 1024 * 1024) }), [
      413,
      "too-long",
    ]);
  }));

Deno.test("the client's types are those of the document that the server gives out", () =>
  withServer(async ({ address }) => {
    const document: ApiDocument = await (await fetch(`${address}/openapi.json`)).json();
    const isSame = Deno.readTextFileSync(FILE) === apiTypes(document);
    ok(isSame, "ui/web/api/generated.ts is of another document; run: deno run -A _tools/api_types.ts");
  }));
