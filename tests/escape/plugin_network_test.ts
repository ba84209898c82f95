import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { loadPlugin } from "../../plugins/host/plugins/runtime/mod.ts";
import { hostileModule } from "./support/hostile.ts";

Deno.test("a plugin reaches the host it was granted, and no other by a redirect or another spelling", async () => {
  let reached = 0;
  const quiet = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  await using forbidden = Deno.serve(quiet, () => (reached++, new Response("forbidden")));
  const { port } = forbidden.addr;
  await using granted = Deno.serve(quiet, (request) => {
    const { pathname, searchParams } = new URL(request.url);
    return pathname === "/"
      ? new Response("granted")
      : Response.redirect(searchParams.get("to")!, Number(pathname.slice(1)));
  });
  const spellings = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]"];
  const addresses = spellings.map((host) => `http://${host}:${port}/`);
  const own = `http://127.0.0.1:${granted.addr.port}/`;
  const redirects = [301, 302, 303, 307, 308].map((status) => `${own}${status}?to=${encodeURIComponent(addresses[0])}`);
  const more = [`${own}302?to=${encodeURIComponent("file:///etc/passwd")}`, `http://127.0.0.1%00.example.org:${port}/`];
  const plugin = loadPlugin({
    module: () => Promise.resolve(hostileModule(`get: (url) => attempt(() => fetch(url).then((it) => it.text()))`)),
    manifest: { name: "bad", version: "1.0.0", api: 1, permissions: {} },
    provides: { tool: ["it"] },
    permissions: { net: [`127.0.0.1:${granted.addr.port}`] },
    env: {},
  });
  const get = (url: string) =>
    plugin.call({ port: "tool", name: "it", method: "get", args: [url] }, { timeoutMs: 20_000 });
  equal(await get(own), "GOT granted");
  for (const url of [...addresses, ...redirects, ...more]) deepEqual([url, await get(url)], [url, "no"]);
  equal(reached, 0);
  await plugin.close();
});
