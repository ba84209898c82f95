/**
 * A policy as arguments of bubblewrap.
 *
 * @module
 */

import type { Policy } from "../../ports/policy.ts";
import type { SandboxMachine } from "../../ports/sandbox.ts";
import { type Mount, mountsOf } from "./mounts.ts";

/**
 * What holds whatever the policy is: namespaces of its own (an empty network too), no capabilities, no terminal, an end
 * with loom. The first program in it is number 1 there: when that ends, the kernel ends all others before anyone hears
 * of it.
 */
const ALWAYS: readonly string[] = [
  "--die-with-parent",
  "--new-session",
  "--as-pid-1",
  "--unshare-user-try",
  "--unshare-pid",
  "--unshare-ipc",
  "--unshare-uts",
  "--unshare-cgroup-try",
  "--unshare-net",
  "--cap-drop",
  "ALL",
  "--hostname",
  "sandbox",
];

/**
 * Arguments of `bwrap`, up to `--`. What the policy does not name is not there, instead of there and forbidden.
 *
 * Variables are in none of them: arguments can be read by every user of a machine.
 *
 * @throws {LoomError} `policy-invalid`.
 */
export function bubblewrapArguments(policy: Policy, machine: SandboxMachine): readonly string[] {
  const mounts = mountsOf(policy, machine);
  return [
    ...ALWAYS,
    ...mounts.flatMap((mount) => mountArguments(mount, machine)),
    ...closed(mounts).flatMap((path) => ["--remount-ro", path]),
    "--chdir",
    machine.cwd,
  ];
}

function mountArguments({ path, kind, target, own, as }: Mount, machine: SandboxMachine): readonly string[] {
  if (kind === "read") return ["--ro-bind-try", path, path];
  if (kind === "write") return ["--bind-try", path, path];
  if (kind === "link") return ["--symlink", target!, path];
  // A device in the place of a file, in a mount that knows no devices: it can be neither read nor written.
  if (kind === "nothing") return as === "file" ? ["--ro-bind", "/dev/null", path] : ["--tmpfs", path];
  if (typeof own === "number") return [...(machine.sizes ? ["--size", `${own}`] : []), "--tmpfs", path];
  return [`--${own}`, path];
}

/**
 * What is only there to hold other things. In `/proc` there are settings of the machine that its owner may write, also
 * one without any capability: without this, a program that root started could name another to be run on a crash.
 */
function closed(mounts: readonly Mount[]): readonly string[] {
  const nothing = mounts.filter(({ kind, as }) => kind === "nothing" && as === "directory").map(({ path }) => path);
  const root = mounts.some(({ path, kind }) => path === "/" && kind === "write") ? [] : ["/"];
  return [...nothing, "/dev", "/proc", "/run", ...root];
}
