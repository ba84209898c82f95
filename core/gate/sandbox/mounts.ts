/**
 * What a program in a sandbox sees of the disk, in the order in which it has to be put together.
 *
 * @module
 */

import { isInside } from "../../paths.ts";
import type { Policy } from "../../ports/policy.ts";
import type { SandboxMachine } from "../../ports/sandbox.ts";
import { normalizePolicy } from "../policy/policy.ts";

/** One thing that is seen. What is deeper, and what comes later, lies over what is above or before. */
export interface Mount {
  readonly path: string;
  readonly kind: "read" | "write" | "link" | "own" | "nothing";
  /** Of a link. */
  readonly target?: string;
  /** Of what is its own: a file system of the kernel's, or an empty one with room for so many bytes. */
  readonly own?: "proc" | "dev" | number;
  /** Of nothing: what stands in the way of it. */
  readonly as?: "file" | "directory";
}

/** The kernel's. A program gets its own, whatever a policy names there. */
const KERNEL: readonly string[] = ["/proc", "/sys", "/dev"];

/** For sockets and locks of programs that ask for such a folder. */
const RUN_BYTES = 16 * 1024 * 1024;

/** Everything that is seen under a policy, parents before what lies in them. */
export function mountsOf(policy: Policy, machine: SandboxMachine): readonly Mount[] {
  const { read, write } = normalizePolicy(policy);
  const granted = (path: string) => !KERNEL.some((folder) => isInside(path, folder));
  const links = Object.entries(machine.links).map(([path, target]): Mount => ({ path, kind: "link", target }));
  const mounts: readonly Mount[] = [
    ...links,
    ...machine.system.map((path): Mount => ({ path, kind: "read" })),
    ...ownMounts(machine),
    ...read.filter(granted).map((path): Mount => ({ path, kind: "read" })),
    ...write.filter(granted).map((path): Mount => ({ path, kind: "write" })),
    ...machine.kept.map((path): Mount => ({ path, kind: "read" })),
    ...machine.absent.map(({ path, kind }): Mount => ({ path, kind: "nothing", as: kind })),
    ...(machine.egress?.read ?? []).map((path): Mount => ({ path, kind: "read" })),
  ];
  // Stable: of two at one place the later one lies on top.
  return lastOfEach(mounts).toSorted((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

function ownMounts({ tmpBytes }: SandboxMachine): readonly Mount[] {
  return [
    { path: "/proc", kind: "own", own: "proc" },
    { path: "/dev", kind: "own", own: "dev" },
    { path: "/dev/shm", kind: "own", own: tmpBytes },
    { path: "/run", kind: "own", own: RUN_BYTES },
    { path: "/tmp", kind: "own", own: tmpBytes },
  ];
}

function lastOfEach(mounts: readonly Mount[]): readonly Mount[] {
  return [...new Map(mounts.map((mount) => [mount.path, mount])).values()];
}
