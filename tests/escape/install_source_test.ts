import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { isPrivateHost } from "../../plugins/host/plugins/install/address.ts";
import { readSource } from "../../plugins/host/plugins/install/source.ts";
import { packageArchive } from "../support/plugins/archive.ts";
import { FakeRegistry, integrityOf } from "../support/plugins/registry.ts";
import { bundleOf, pluginText } from "../support/plugins/sources.ts";

const READ: readonly (readonly [text: string, kind: string, asked: string])[] = [
  ["./greet", "path", "/home/ada/greet"],
  ["../x.ts", "path", "/home/x.ts"],
  ["/a/b", "path", "/a/b"],
  ["file:///a/b", "path", "/a/b"],
  ["npm:greet@1.2.3", "npm", "npm:greet@1.2.3"],
  ["npm:@me/greet", "npm", "npm:@me/greet"],
  ["https://example.org/x.ts", "module", "https://example.org/x.ts"],
  ["https://example.org/x.git", "git", "https://example.org/x.git"],
  ["git+https://example.org/x#v1", "git", "git+https://example.org/x#v1"],
  ["git@example.org:me/x.git", "git", "git@example.org:me/x.git"],
  ["ssh://git@example.org/x", "git", "ssh://git@example.org/x"],
];

for (const [text, kind, asked] of READ) {
  Deno.test(`readSource() reads ${text}`, () => {
    const source = readSource(text, "/home/ada");
    deepEqual([source.kind, source.asked], [kind, asked]);
  });
}

const REFUSED = [
  "",
  "a\nb",
  "npm:",
  "npm:../x",
  "npm:a b",
  "npm:x@^1",
  "npm:x@../../y",
  "npm:-x@--flag=1 ",
  "http://example.org/x.js",
  "https://user:secret@example.org/x.js",
  "git+http://example.org/x",
  "git+file:///etc",
  "git+ext::sh -c touch% /tmp/x",
  "ext::sh -c x",
  "git+ssh://-oProxyCommand=x/y",
  "git+https://example.org/x#--upload-pack=x",
  "git+https://example.org/x#a..b",
  "git+https://user:secret@example.org/x",
  "ftp://example.org/x.js",
  "data:text/javascript,1",
  "jsr:@std/fs",
];

for (const text of REFUSED) {
  Deno.test(`readSource() refuses ${JSON.stringify(text)}`, () => {
    throws(() => readSource(text, "/"), (error: Error & { code: string }) => {
      equal(error.code, "plugin-source");
      equal(/secret/.test(`${error.message} ${JSON.stringify(error)}`), false);
      return true;
    });
  });
}

const INSIDE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"];
const INSIDE6 = ["[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]"];
const NAMES = ["localhost", "intranet", "x.localhost", "printer.local", "db.internal", "localhost."];

Deno.test("isPrivateHost() knows addresses that are reached from inside only", () => {
  const hosts = [...INSIDE, ...INSIDE6].map((host) => new URL(`http://${host}/`).hostname);
  deepEqual([...hosts, ...NAMES].filter((host) => !isPrivateHost(host)), []);
  deepEqual(
    ["2130706433", "0x7f.1", "017700000001"].filter((it) => !isPrivateHost(new URL(`http://${it}/`).hostname)),
    [],
  );
  deepEqual(["example.org", "93.184.216.34", "[2606:2800:220:1::1]", "172.32.0.1"].filter(isPrivateHost), []);
});

/** A server whose every answer is this. */
function serving(answer: (request: Request) => Response | Promise<Response>) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  return { url: `http://127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("a module is fetched from an address", async () => {
  await using server = serving(() => new Response(pluginText("greet")));
  const { code, source } = await bundleOf(`${server.url}/greet.ts`);
  match(code, /greet/);
  deepEqual(source, { asked: `${server.url}/greet.ts`, resolved: `${server.url}/greet.ts` });
});

Deno.test("a module from an address stands alone", async () => {
  await using server = serving(() => new Response(`import "./other.ts";\nexport default 1;`));
  await rejects(bundleOf(`${server.url}/greet.ts`), { code: "plugin-import" });
});

const ELSEWHERE = [
  "http://example.org/x.js",
  "http://10.0.0.1/x.js",
  "http://169.254.169.254/latest",
  "file:///etc/passwd",
  "data:text/javascript,1",
  "https://user:pw@127.0.0.1/x",
];

for (const target of ELSEWHERE) {
  Deno.test(`a redirect to ${target} is not followed`, async () => {
    await using server = serving(() => Response.redirect(target));
    await rejects(bundleOf(`${server.url}/x.ts`), { code: "plugin-source", message: /sent on/ });
  });
}

Deno.test("a redirect on the same machine is followed, but not without end", async () => {
  await using server = serving((request) => {
    const { pathname, origin } = new URL(request.url);
    if (pathname === "/a.ts") return Response.redirect(`${origin}/b.ts`);
    return pathname === "/b.ts" ? new Response("export default 'there'") : Response.redirect(request.url);
  });
  match((await bundleOf(`${server.url}/a.ts`)).code, /there/);
  await rejects(bundleOf(`${server.url}/round.ts`), { code: "plugin-source", message: /more than 5 times/ });
});

Deno.test("an answer without end is cut off", async () => {
  let sent = 0;
  const piece = new Uint8Array(1024 * 1024).fill(32);
  const endless = () => new ReadableStream({ pull: (controller) => void (sent++, controller.enqueue(piece)) });
  await using server = serving(() => new Response(endless()));
  await rejects(bundleOf(`${server.url}/x.ts`), { code: "plugin-too-large" });
  equal(sent < 50, true, `${sent} MB were sent`);
});

Deno.test("a package is fetched from the registry that the environment names", async () => {
  await using registry = new FakeRegistry();
  registry.publish(
    "loom-greet",
    "1.0.0",
    await packageArchive({ "package.json": "{}", "mod.ts": pluginText("greet") }),
  );
  registry.publish("loom-greet", "1.1.0", await packageArchive({ "mod.ts": pluginText("greet", { greeting: "Hej" }) }));
  const env = { NPM_CONFIG_REGISTRY: registry.url };
  const latest = await bundleOf("npm:loom-greet", { env });
  deepEqual(latest.source, { asked: "npm:loom-greet", resolved: "npm:loom-greet@1.1.0" });
  match(latest.code, /Hej/);
  match((await bundleOf("npm:loom-greet@1.0.0", { env })).code, /Hello/);
  await rejects(bundleOf("npm:loom-greet@9.9.9", { env }), {
    code: "plugin-source",
    hint: "the latest is loom-greet@1.1.0",
  });
  await rejects(bundleOf("npm:no-such", { env }), { code: "plugin-source", message: /404/ });
});

Deno.test("a package with a scope is asked for as registries have it", async () => {
  await using registry = new FakeRegistry();
  registry.publish("@me/greet", "1.0.0", await packageArchive({ "mod.ts": pluginText("greet") }));
  await bundleOf("npm:@me/greet@1.0.0", { env: { NPM_CONFIG_REGISTRY: registry.url } });
  equal(registry.asked[0], "/@me%2fgreet");
});

Deno.test("a package that is not what its digest says is refused", async () => {
  await using registry = new FakeRegistry();
  const [honest, other] = [
    await packageArchive({ "mod.ts": "export default 1" }),
    await packageArchive({ "mod.ts": "export default 2" }),
  ];
  registry.publish("x", "1.0.0", honest);
  registry.on("/x/-/1.0.0.tgz", () => new Response(other as Uint8Array<ArrayBuffer>));
  const env = { NPM_CONFIG_REGISTRY: registry.url };
  await rejects(bundleOf("npm:x@1.0.0", { env }), { code: "plugin-source", message: /SHA-512 differs/ });
});

const DISTS: readonly (readonly [what: string, dist: (url: string, archive: Uint8Array) => object, message: RegExp])[] =
  [
    ["no digest", (url) => ({ tarball: `${url}x/-/1.0.0.tgz` }), /no SHA-512/],
    ["only SHA-1", (url) => ({ tarball: `${url}x/-/1.0.0.tgz`, integrity: "sha1-aaaa" }), /no SHA-512/],
    [
      "an archive elsewhere without https",
      (_, it) => ({ tarball: "http://example.org/x.tgz", integrity: integrityOf(it) }),
      /no https address/,
    ],
    [
      "an archive on this disk",
      (_, it) => ({ tarball: "file:///etc/passwd", integrity: integrityOf(it) }),
      /no https address/,
    ],
  ];

for (const [what, dist, message] of DISTS) {
  Deno.test(`a package of which the registry has ${what} is refused`, async () => {
    await using registry = new FakeRegistry();
    const archive = await packageArchive({ "mod.ts": "export default 1" });
    registry.publish("x", "1.0.0", archive);
    registry.on("/x", () => Response.json({ versions: { "1.0.0": { dist: dist(registry.url, archive) } } }));
    await rejects(bundleOf("npm:x@1.0.0", { env: { NPM_CONFIG_REGISTRY: registry.url } }), {
      code: "plugin-source",
      message,
    });
  });
}

Deno.test("names that every object has are no versions of a package", async () => {
  await using registry = new FakeRegistry();
  registry.publish("x", "1.0.0", await packageArchive({ "mod.ts": "export default 1" }));
  for (const version of ["constructor", "toString", "valueOf"]) {
    const env = { NPM_CONFIG_REGISTRY: registry.url };
    await rejects(bundleOf(`npm:x@${version}`, { env }), { code: "plugin-source", message: /there is no version/ });
  }
});

Deno.test("a registry without https is used on this machine only", async () => {
  const env = { NPM_CONFIG_REGISTRY: "http://example.org/" };
  await rejects(bundleOf("npm:x@1.0.0", { env }), { code: "plugin-source", message: /no https address/ });
});
