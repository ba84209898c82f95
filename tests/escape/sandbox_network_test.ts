import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { dirname } from "node:path";
import { Cell } from "../support/held.ts";

/** A server on this machine, with what it was asked. */
async function withServer(
  answer: (request: Request) => Response,
  test: (port: number, asked: string[]) => Promise<void>,
) {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    asked.push(request.url);
    return answer(request);
  });
  try {
    await test(server.addr.port, asked);
  } finally {
    await server.shutdown();
  }
}

const hello = () => new Response("hello");

/** Names and their addresses. */
function egress(names: Readonly<Record<string, readonly string[]>> = {}) {
  const resolve = (host: string) => Promise.resolve(names[host] ?? []);
  return { resolve };
}

/** Sends bytes to the proxy and prints what comes back; `TOKEN` stands for the field with its password. */
function raw(...requests: readonly string[]): string {
  return `
import base64, os, socket, urllib.parse
proxy = urllib.parse.urlsplit(os.environ["http_proxy"])
token = base64.b64encode(f"{proxy.username}:{proxy.password}".encode()).decode()
for request in ${JSON.stringify(requests)}:
    with socket.create_connection((proxy.hostname, proxy.port)) as s:
        s.sendall(request.replace("TOKEN", f"Proxy-Authorization: Basic {token}\\r\\n").encode("latin1"))
        s.shutdown(socket.SHUT_WR)
        text = b""
        while piece := s.recv(65536): text += piece
        print(text.decode().split("\\r\\n")[0] + " | " + text.decode().strip().split("\\n")[-1])
`;
}

Deno.test("without hosts there is no network, not even to this machine", async () => {
  await withServer(hello, async (port, asked) => {
    using cell = new Cell();
    const { out } = await cell.python(`
import socket
for family, place in [(socket.AF_INET, ("127.0.0.1", ${port})), (socket.AF_INET6, ("::1", ${port})),
                      (socket.AF_INET, ("192.0.2.1", 80)), (socket.AF_INET, ("8.8.8.8", 53))]:
    try:
        with socket.socket(family) as s:
            s.settimeout(2); s.connect(place); print("connected", place)
    except OSError as error: pass
try: print(socket.getaddrinfo("example.org", 80))
except OSError: pass
`);
    equal(out, "");
    deepEqual(asked, []);
  });
});

Deno.test("no socket leads around the network: abstract, by path, raw or of the host", async () => {
  using cell = new Cell();
  const path = `${cell.workspace}/socket`;
  using byPath = Deno.listen({ transport: "unix", path });
  const { out } = await cell.python(`
import socket
for wanted in [(socket.AF_UNIX, socket.SOCK_STREAM), (socket.AF_PACKET, socket.SOCK_RAW), (40, socket.SOCK_STREAM),
               (38, socket.SOCK_SEQPACKET), (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)]:
    try:
        socket.socket(*wanted); print("opened", wanted)
    except PermissionError: print("refused")
a, b = socket.socketpair()
print("a pair works")
`);
  equal(out, `${"refused\n".repeat(5)}a pair works\n`);
  byPath.close();
});

Deno.test("an abstract socket of the machine is in no sandbox, with hosts neither", async () => {
  const name = `loom-test-${Deno.pid}`;
  const options = egress();
  using cell = new Cell(options);
  const script = `
import socket, sys
s = socket.socket(socket.AF_UNIX)
try: s.connect("\\0${name}"); print("connected")
except OSError as error: print(type(error).__name__)`;
  const listen =
    `import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind("\\0${name}"); s.listen(); print("ready", flush=True); sys.stdin.read()`;
  const server = new Deno.Command("python3", { args: ["-c", listen], stdin: "piped", stdout: "piped" }).spawn();
  await server.stdout.values().next();
  const { out } = await cell.python(script, { hosts: ["example.org"] });
  await server.stdin.close();
  await server.status;
  equal(out, "ConnectionRefusedError\n");
});

Deno.test("a host that the policy names is reached through the proxy, and only that", async () => {
  await withServer(hello, async (port, asked) => {
    const options = egress({ "allowed.test": ["127.0.0.1"], "other.test": ["127.0.0.1"] });
    using cell = new Cell({ ...options, allowLoopback: true });
    const { out } = await cell.python(
      `
import urllib.request, urllib.error
for host in ["allowed.test", "other.test", "allowed.test.other.test"]:
    try: print(urllib.request.urlopen(f"http://{host}:${port}/x").read().decode())
    except urllib.error.HTTPError as error: print(error.code)`,
      { hosts: [`allowed.test:${port}`] },
    );
    equal(out, "hello\n403\n403\n");
    deepEqual(asked, [`http://allowed.test:${port}/x`]);
    deepEqual(cell.blocked.map((what) => what.split(":")[0]), [
      "connect to other.test",
      "connect to allowed.test.other.test",
    ]);
  });
});

Deno.test("names that lead to this machine or into private networks are refused, however they are written", async () => {
  const names = {
    "rebind.test": ["93.184.215.14", "127.0.0.1"],
    "private.test": ["10.0.0.1"],
    "metadata.test": ["169.254.169.254"],
    "six.test": ["::ffff:127.0.0.1"],
    "local.test": ["fe80::1"],
    "unique.test": ["fd00::1"],
  };
  const options = egress(names);
  using cell = new Cell(options);
  const hosts = [...Object.keys(names), "127.0.0.1", "[::1]", "10.0.0.1"];
  const asked = [...hosts, "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:7f00:1]", "127.0.0.1."];
  const requests = asked.flatMap((host) => [
    `GET http://${host}/ HTTP/1.1\r\nTOKEN\r\n`,
    `CONNECT ${host}:443 HTTP/1.1\r\nTOKEN\r\n`,
  ]);
  const { out } = await cell.python(raw(...requests), { hosts });
  const answers = out.trim().split("\n");
  equal(answers.length, requests.length);
  deepEqual(answers.filter((answer) => !answer.startsWith("HTTP/1.1 403")), []);
  equal(cell.blocked.length, requests.length);
});

Deno.test("a name with a null byte, a blank or a line feed is no name", async () => {
  const options = egress({ "allowed.test": ["93.184.215.14"] });
  using cell = new Cell(options);
  const hosts = ["allowed.test"];
  const requests = [
    "GET http://allowed.test\u0000.evil.test/ HTTP/1.1\r\nTOKEN\r\n",
    "GET http://allowed.test%00.evil.test/ HTTP/1.1\r\nTOKEN\r\n",
    "CONNECT allowed.test .evil.test:443 HTTP/1.1\r\nTOKEN\r\n",
    "GET http://allowed.test@evil.test/ HTTP/1.1\r\nTOKEN\r\n",
    "GET file:///etc/passwd HTTP/1.1\r\nTOKEN\r\n",
    "GET / HTTP/1.1\r\nHost: allowed.test\r\nTOKEN\r\n",
    "nonsense\r\n\r\n",
  ];
  const { out } = await cell.python(raw(...requests), { hosts });
  deepEqual(out.trim().split("\n").map((line) => line.slice(0, 12)), requests.map(() => "HTTP/1.1 400"));
});

Deno.test("a redirect to a host that is not named, or is private, is asked for anew and refused", async () => {
  const redirect = (request: Request) =>
    new URL(request.url).pathname === "/private"
      ? Response.redirect("http://metadata.test/latest", 302)
      : Response.redirect("http://other.test/", 302);
  await withServer(redirect, async (port) => {
    const names = { "allowed.test": ["127.0.0.1"], "metadata.test": ["169.254.169.254"] };
    const options = egress(names);
    using cell = new Cell({ ...options, allowLoopback: true });
    const { out } = await cell.python(
      `
import urllib.request, urllib.error
for path in ["x", "private"]:
    try: print(urllib.request.urlopen("http://allowed.test:${port}/" + path).read())
    except urllib.error.HTTPError as error: print(error.code, error.read().decode().strip())`,
      { hosts: [`allowed.test:${port}`, "metadata.test"] },
    );
    match(out, /^403 .*the policy does not name it\n403 .*private network\n$/);
    equal(cell.blocked.length, 2);
  });
});

Deno.test("one request is passed on, and what is smuggled in behind it is not", async () => {
  await withServer(hello, async (port, asked) => {
    const options = egress({ "allowed.test": ["127.0.0.1"] });
    using cell = new Cell({ ...options, allowLoopback: true });
    const place = `http://allowed.test:${port}`;
    const requests = [
      `GET ${place}/a HTTP/1.1\r\nHost: evil.test\r\nTOKEN\r\nGET /smuggled HTTP/1.1\r\nHost: evil.test\r\n\r\n`,
      `POST ${place}/b HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 40\r\nTOKEN\r\nxx`,
      `POST ${place}/c HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTOKEN\r\n0\r\n\r\n`,
    ];
    const { out } = await cell.python(raw(...requests), { hosts: [`allowed.test:${port}`] });
    deepEqual(out.trim().split("\n").map((line) => line.slice(9, 12)), ["200", "411", "411"]);
    deepEqual(asked, [`${place}/a`]);
  });
});

Deno.test("the proxy is for whoever knows its token, and no socket of it is left", async () => {
  const options = egress();
  using cell = new Cell(options);
  const { out } = await cell.python(raw("GET http://a.test/ HTTP/1.1\r\n\r\n"), { hosts: ["a.test"] });
  match(out, /^HTTP\/1.1 407/);
  const temporary = dirname(dirname(cell.workspace));
  const shown = await cell.run(`echo "$http_proxy"; ls ${temporary}`, { hosts: ["a.test"] });
  match(shown.out, /loom:\*\*\*@127\.0\.0\.1/);
  const [folder] = shown.out.match(/loom-egress-\w+/) ?? [];
  equal(typeof folder, "string");
  equal([...Deno.readDirSync(temporary)].some(({ name }) => name === folder), false);
});
