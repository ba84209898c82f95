import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import type { Policy } from "../../ports/policy.ts";
import type { SandboxMachine } from "../../ports/sandbox.ts";
import { seatbeltProfile } from "./seatbelt.ts";

const policy: Policy = {
  actor: "tool shell",
  action: "run make",
  tier: "workspace-write",
  read: ["/Users/ada/data"],
  write: ["/Users/ada/w"],
  hosts: [],
  programs: [],
  variables: [],
};

const machine: SandboxMachine = {
  system: ["/usr"],
  links: {},
  kept: ["/Users/ada/w/.git"],
  absent: [{ path: "/Users/ada/w/loom.toml", kind: "file" }],
  sizes: false,
  tmpBytes: 1024,
  tmp: "/private/var/tmp/x",
  cwd: "/Users/ada/w",
};

Deno.test("seatbeltProfile() denies what it does not allow, and says so first", () => {
  const lines = seatbeltProfile(policy, machine).split("\n");
  deepEqual(lines.slice(0, 2), ["(version 1)", "(deny default)"]);
  equal(lines.at(-1), "");
});

Deno.test("seatbeltProfile() allows to read and to write what the policy names", () => {
  const lines = seatbeltProfile(policy, machine).split("\n");
  deepEqual(lines.filter((line) => line.includes("subpath")), [
    '(allow file-read* (subpath "/usr"))',
    '(allow file-read* (subpath "/Users/ada/data"))',
    '(allow file-read* (subpath "/Users/ada/w"))',
    '(allow file-read* (subpath "/private/var/tmp/x"))',
    '(allow file-write* (subpath "/Users/ada/w"))',
    '(allow file-write* (subpath "/private/var/tmp/x"))',
    '(deny file-write* (subpath "/Users/ada/w/.git"))',
    '(deny file-write* (subpath "/Users/ada/w/loom.toml"))',
  ]);
});

Deno.test("seatbeltProfile() shows that folders on the way are there, and not what is in them", () => {
  const lines = seatbeltProfile(policy, machine).split("\n");
  ok(lines.includes('(allow file-read-metadata (literal "/Users/ada"))'));
  equal(lines.some((line) => line.startsWith("(allow file-read* ") && line.includes('"/Users/ada"')), false);
});

Deno.test("seatbeltProfile() leads to the proxy where hosts are named, and nowhere else", () => {
  const egress = { read: [], port: 4711 };
  const network = (hosts: readonly string[]) =>
    seatbeltProfile({ ...policy, hosts }, { ...machine, egress }).split("\n").filter((line) =>
      line.includes("network")
    );
  deepEqual(network([]), ["(deny network*)"]);
  deepEqual(network(["example.org"]), ["(deny network*)", '(allow network-outbound (remote ip "localhost:4711"))']);
});

Deno.test("seatbeltProfile() quotes paths, so that none of them is read as a rule", () => {
  const path = '/w/") (allow default) ("\\';
  const lines = seatbeltProfile({ ...policy, read: [], write: [path] }, { ...machine, kept: [], absent: [] }).split(
    "\n",
  );
  ok(lines.includes('(allow file-write* (subpath "/w/\\") (allow default) (\\"\\\\"))'));
  throws(() => seatbeltProfile({ ...policy, read: ["/w/a\nb"] }, machine), { code: "policy-invalid" });
});
