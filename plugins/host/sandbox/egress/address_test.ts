import { strictEqual as equal } from "node:assert/strict";
import { isAddress, isLoopback, isPublic } from "./address.ts";

const PRIVATE = [
  ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1"],
  ...["172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"],
  ...["::", "::1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808", "fe80::1", "fec0::1", "fc00::1", "fd12::1"],
  ...["ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "100::1", "3fff::1", "fe80::1%eth0", "no address", ""],
];

const PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::5"];

for (const address of PRIVATE) Deno.test(`isPublic() is false of '${address}'`, () => equal(isPublic(address), false));
for (const address of PUBLIC) Deno.test(`isPublic() is true of '${address}'`, () => equal(isPublic(address), true));

Deno.test("isLoopback() and isAddress() tell addresses from names", () => {
  equal(isLoopback("127.9.9.9") && isLoopback("::1"), true);
  equal(isLoopback("128.0.0.1") || isLoopback("localhost"), false);
  equal(isAddress("::1") && isAddress("1.2.3.4"), true);
  equal(isAddress("1.2.3.4.example") || isAddress("256.1.1.1") || isAddress("a"), false);
});
