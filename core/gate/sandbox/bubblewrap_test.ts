import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import type { Policy } from "../../ports/policy.ts";
import type { SandboxMachine } from "../../ports/sandbox.ts";
import { bubblewrapArguments } from "./bubblewrap.ts";

const policy: Policy = {
  actor: "tool shell",
  action: "run make",
  tier: "workspace-write",
  read: [],
  write: [],
  hosts: [],
  programs: [],
  variables: [],
};

const machine: SandboxMachine = {
  system: ["/usr", "/etc/ssl/certs"],
  links: { "/bin": "usr/bin" },
  kept: [],
  absent: [],
  sizes: true,
  tmpBytes: 1024,
  cwd: "/w",
};

/** The arguments from the first that is told of the disk, as groups that start with an option. */
function told(differences: Partial<Policy>, here: Partial<SandboxMachine> = {}): readonly string[] {
  const words = bubblewrapArguments({ ...policy, ...differences }, { ...machine, ...here });
  const groups: string[] = [];
  for (const word of words) {
    if (word.startsWith("--")) groups.push(word);
    else groups.push(`${groups.pop()} ${word}`);
  }
  return groups.slice(groups.indexOf("--hostname sandbox") + 1);
}

Deno.test("bubblewrapArguments() shows what the policy names, and what programs need to start", () => {
  deepEqual(told({ read: ["/home/ada/data"], write: ["/w"] }), [
    "--symlink usr/bin /bin",
    "--dev /dev",
    "--size 1024",
    "--tmpfs /dev/shm",
    "--ro-bind-try /etc/ssl/certs /etc/ssl/certs",
    "--ro-bind-try /home/ada/data /home/ada/data",
    "--proc /proc",
    "--size 16777216",
    "--tmpfs /run",
    "--size 1024",
    "--tmpfs /tmp",
    "--ro-bind-try /usr /usr",
    "--bind-try /w /w",
    "--remount-ro /dev",
    "--remount-ro /proc",
    "--remount-ro /run",
    "--remount-ro /",
    "--chdir /w",
  ]);
});

Deno.test("bubblewrapArguments() always takes network, processes, capabilities and the rest away", () => {
  const words = bubblewrapArguments({ ...policy, hosts: ["example.org"], read: ["/"], write: ["/"] }, machine);
  for (const kind of ["user-try", "pid", "ipc", "uts", "cgroup-try", "net"]) {
    ok(words.includes(`--unshare-${kind}`), kind);
  }
  for (const word of ["--die-with-parent", "--new-session", "--as-pid-1"]) ok(words.includes(word), word);
  equal(words[words.indexOf("--cap-drop") + 1], "ALL");
});

Deno.test("bubblewrapArguments() puts what lies in something after it, and reading after writing where that is kept", () => {
  const write = ["/w"];
  const kept = ["/w/.git"];
  const absent = [{ path: "/w/.loom", kind: "directory" }, { path: "/w/loom.toml", kind: "file" }] as const;
  const groups = told({ read: ["/"], write }, { kept, absent });
  const at = (group: string) => groups.indexOf(group);
  deepEqual(groups[0], "--ro-bind-try / /");
  ok(at("--bind-try /w /w") < at("--ro-bind-try /w/.git /w/.git"));
  ok(at("--bind-try /w /w") < at("--tmpfs /w/.loom") && at("--remount-ro /w/.loom") > at("--tmpfs /w/.loom"));
  ok(at("--bind-try /w /w") < at("--ro-bind /dev/null /w/loom.toml"));
});

Deno.test("bubblewrapArguments() leaves the kernel's own file systems to the sandbox", () => {
  const groups = told({ read: ["/proc", "/proc/1", "/sys", "/dev/mem"], write: ["/dev/sda", "/dev"] });
  deepEqual(groups.filter((group) => /bind.*(proc|sys|dev)/.test(group)), []);
});

Deno.test("bubblewrapArguments() says no sizes to a bubblewrap that knows none", () => {
  deepEqual(told({}, { sizes: false }).filter((group) => group.startsWith("--size")), []);
});

Deno.test("bubblewrapArguments() holds no variables: arguments are there for all to see", () => {
  const words = bubblewrapArguments({ ...policy, variables: ["API_KEY"] }, machine);
  equal(words.some((word) => word.includes("API_KEY") || word === "--setenv"), false);
});

Deno.test("bubblewrapArguments() refuses a policy that is none", () => {
  throws(() => bubblewrapArguments({ ...policy, read: ["relative"] }, machine), { code: "policy-invalid" });
});

Deno.test("bubblewrapArguments() lets nothing be written that the policy does not name", () => {
  const path = fc.array(fc.constantFrom("a", "b", "proc", "usr", "tmp", "-x"), { minLength: 1, maxLength: 3 })
    .map((parts) => `/${parts.join("/")}`);
  fc.assert(fc.property(fc.array(path), fc.array(path), (read, write) => {
    const words = bubblewrapArguments({ ...policy, read, write }, machine);
    const bound = words.flatMap((word, at) => word === "--bind-try" ? [words[at + 1]] : []);
    ok(bound.every((it) => write.includes(it)));
    ok(words.every((word, at) => word !== "--bind-try" || words[at + 1] === words[at + 2]));
  }));
});
