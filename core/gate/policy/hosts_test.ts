import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { hostAllowed, hostCovers, hostsMeet, hostText, isHostFault, parseHost } from "./hosts.ts";

function fault(text: string): string | undefined {
  const read = parseHost(text);
  return isHostFault(read) ? `${read.fault}; ${read.hint}` : undefined;
}

function pattern(text: string) {
  const read = parseHost(text);
  if (isHostFault(read)) throw new Error(`${text}: ${read.fault}`);
  return read;
}

Deno.test("parseHost() reads names, addresses, ports and subdomains, and writes them one way", () => {
  const spellings = {
    "example.org": "example.org",
    "EXAMPLE.org.": "example.org",
    "*.example.org:8080": "*.example.org:8080",
    "xn--mnchen-3ya.de": "xn--mnchen-3ya.de",
    "192.0.2.1:443": "192.0.2.1:443",
    "[2001:DB8:0:0:0:0:0:1]": "[2001:db8::1]",
    "[::1]:80": "[::1]:80",
    "localhost": "localhost",
  };
  for (const [text, normal] of Object.entries(spellings)) equal(hostText(pattern(text)), normal);
  deepEqual(pattern("*.example.org"), { name: "example.org", below: true, ports: [80, 443] });
});

Deno.test("parseHost() refuses what means one thing to a list and another to a resolver", () => {
  const address =
    "it is an address in an unusual spelling; write an IPv4 address as four decimal numbers, such as 192.0.2.1";
  const hidden = "it is an IPv4 address in disguise; write it as 192.0.2.1";
  const faults = {
    "2130706433": address,
    "0x7f000001": address,
    "0x7f.1": address,
    "0177.0.0.1": address,
    "127.1": address,
    "127.0.0.256": address,
    "127.0.0.1.": undefined,
    "example.0x1": address,
    "[::ffff:127.0.0.1]": hidden,
    "[::ffff:7f00:1]": hidden,
    "::1": "it is no host; IPv6 addresses stand in brackets, a port after a colon",
    "[::1": "it is no host; IPv6 addresses stand in brackets, a port after a colon",
    "[fe80::1%eth0]": "it is no IPv6 address; such as [2001:db8::1]",
    "exa\0mple.org": "it has a blank or a control character in it; remove it",
    "example.org\n": "it has a blank or a control character in it; remove it",
    "exa mple.org": "it has a blank or a control character in it; remove it",
    "münchen.de": "it is not ASCII; write it as xn--mnchen-3ya.de",
    "ｅxample.org": "it is not ASCII; write it as example.org",
    "example.org:0": "its port is no number from 1 to 65535; such as example.org:8080",
    "example.org:65536": "its port is no number from 1 to 65535; such as example.org:8080",
    "example.org:080": "its port is no number from 1 to 65535; such as example.org:8080",
    "example.org:": "its port is no number from 1 to 65535; such as example.org:8080",
    "*.org": "it would cover a whole top-level domain; such as *.example.org",
    "*.192.0.2.1": "an address has no subdomains; name the address itself",
    "*.[::1]": "an address has no subdomains; name the address itself",
    "*": "it is no name of a host; letters, digits, dashes and dots only",
    "a.*.org": "it is no name of a host; letters, digits, dashes and dots only",
    "": "it is no name of a host; letters, digits, dashes and dots only",
    "a..b": "it is no name of a host; letters, digits, dashes and dots only",
    "xn--a.org": "it is no name of a host; letters, digits, dashes and dots only",
    "-a.org": "it is no name of a host; letters, digits, dashes and dots only",
    "user@example.org": "it is no name of a host; letters, digits, dashes and dots only",
    "https://example.org": "its port is no number from 1 to 65535; such as example.org:8080",
    [`${"a".repeat(64)}.org`]: "it is no name of a host; letters, digits, dashes and dots only",
  };
  for (const [text, expected] of Object.entries(faults)) equal(fault(text), expected, JSON.stringify(text));
});

Deno.test("hostCovers() takes a star for what is below, at the ports that are named", () => {
  const covers = (outer: string, inner: string) => hostCovers(pattern(outer), pattern(inner));
  equal(covers("*.example.org", "a.b.example.org"), true);
  equal(covers("*.example.org", "*.a.example.org"), true);
  equal(covers("*.example.org", "example.org"), false);
  equal(covers("*.example.org", "badexample.org"), false);
  equal(covers("example.org", "example.org:443"), true);
  equal(covers("example.org:443", "example.org"), false);
  equal(covers("a.example.org", "*.example.org"), false);
});

Deno.test("hostsMeet() finds what two patterns share", () => {
  const meet = (a: string, b: string) => hostsMeet(pattern(a), pattern(b));
  equal(meet("*.example.org", "a.example.org:80"), true);
  equal(meet("a.example.org", "*.example.org"), true);
  equal(meet("*.example.org", "*.a.example.org"), true);
  equal(meet("example.org:80", "example.org:443"), false);
  equal(meet("*.example.org", "example.org"), false);
});

Deno.test("hostAllowed() lets through what a pattern covers, in any spelling that is one", () => {
  const hosts = ["example.org", "*.example.net:8443", "[::1]:80"];
  equal(hostAllowed(hosts, "EXAMPLE.org.", 443), true);
  equal(hostAllowed(hosts, "example.org", 8080), false);
  equal(hostAllowed(hosts, "a.example.net", 8443), true);
  equal(hostAllowed(hosts, "example.net", 8443), false);
  equal(hostAllowed(hosts, "::1", 80), true);
  equal(hostAllowed(hosts, "[0:0::1]", 80), true);
  equal(hostAllowed(hosts, "*.example.net", 8443), false);
  equal(hostAllowed(hosts, "example.org\0.evil.net", 443), false);
  equal(hostAllowed([], "example.org", 443), false);
});
