import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { type ProxyRequest, readRequest } from "./request.ts";

function read(...lines: readonly string[]): ProxyRequest {
  const request = readRequest(lines.join("\r\n"));
  ok(!("why" in request), JSON.stringify(request));
  return request;
}

Deno.test("readRequest() reads where a tunnel leads, and the token", () => {
  const request = read("CONNECT Example.ORG.:8443 HTTP/1.1", `proxy-authorization: Basic ${btoa("loom:s3cret")}`);
  deepEqual(request, { kind: "tunnel", host: "example.org", port: 8443, token: "s3cret", bodyBytes: 0 });
  equal(read("CONNECT example.org:80 HTTP/1.1").port, 80);
  equal(read("CONNECT [2001:db8::1]:443 HTTP/1.1").host, "2001:db8::1");
});

Deno.test("readRequest() sends a request on to where it was checked for, and nothing of the proxy's", () => {
  const { head, bodyBytes, host, port } = read(
    "POST http://example.org:8080/a/../b?c#d HTTP/1.1",
    "Host: elsewhere.org",
    "Proxy-Connection: keep-alive",
    "Proxy-Authorization: Basic eHg=",
    "Content-Length: 12",
    "X-A:  b ",
  );
  deepEqual([host, port, bodyBytes], ["example.org", 8080, 12]);
  const expected = [
    "POST /b?c HTTP/1.1",
    "host: example.org:8080",
    "content-length: 12",
    "x-a: b",
    "connection: close",
  ];
  equal(head, `${expected.join("\r\n")}\r\n\r\n`);
});

Deno.test("readRequest() reads addresses as browsers do", () => {
  for (const host of ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1"]) {
    equal(read(`GET http://${host}/ HTTP/1.1`).host, "127.0.0.1");
  }
  equal(read("GET http://[::ffff:127.0.0.1]/ HTTP/1.1").host, "::ffff:7f00:1");
});

for (
  const head of [
    "",
    "GET / HTTP/1.1",
    "GET https://example.org/ HTTP/1.1",
    "GET ftp://example.org/ HTTP/1.1",
    "GET http://user:word@example.org/ HTTP/1.1",
    "GET http://exa mple.org/ HTTP/1.1",
    "GET http://example.org/ HTTP/2.0",
    "get http://example.org/ HTTP/1.1",
    "GET http://example.org/ HTTP/1.1\r\n folded: x",
    "GET http://example.org/ HTTP/1.1\r\nname : x",
    "GET http://example.org\u0000/ HTTP/1.1",
    "GET http://example.org/ HTTP/1.1\r\na: b\nc: d",
    "CONNECT example.org:99999 HTTP/1.1",
    "CONNECT example.org/x:443 HTTP/1.1 x",
  ]
) {
  Deno.test(`readRequest() does not take ${JSON.stringify(head)}`, () => {
    const request = readRequest(head);
    equal("why" in request && request.status, 400);
  });
}

Deno.test("readRequest() takes no body whose length is not said, or said twice", () => {
  for (const field of ["Transfer-Encoding: chunked", "Content-Length: 1\r\nContent-Length: 1", "Content-Length: -1"]) {
    const request = readRequest(`POST http://example.org/ HTTP/1.1\r\n${field}`);
    equal("why" in request && request.status, 411);
  }
});

Deno.test("readRequest() never throws, and lets no line feed into what is sent on", () => {
  const word = fc.string({ unit: fc.constantFrom(..."aB1.:/@%[]#? \r\n\t\u0000é") });
  fc.assert(fc.property(word, word, word, (host, path, field) => {
    const request = readRequest(`GET http://${host}/${path} HTTP/1.1\r\nx: ${field}`);
    if ("why" in request) return;
    const lines = request.head!.split("\r\n");
    equal(lines.slice(-2).join(""), "");
    ok(lines.every((line) => !/[\r\n]/.test(line)));
  }));
});
