import { statfsSync } from "node:fs";
import type { DiskFacts } from "../../../core/ports/prober.ts";
import { osCode } from "../files/errors.ts";

/**
 * Kinds of file systems that are shared over a network, on which locks and shared memory cannot be relied on. Numbers
 * from Linux' `magic.h` and the manual page of statfs(2).
 */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: "nfs",
  0x517b: "smb",
  0xff534d42: "cifs",
  0xfe534d42: "smb2",
  0x01021997: "9p",
  0x73757245: "coda",
  0x5346414f: "afs",
  0x00c36400: "ceph",
  0x0bd00bd0: "lustre",
  0x47504653: "gpfs",
};

/** The disk of the nearest folder that is there. */
export function disk(path: string): DiskFacts | undefined {
  for (let folder = path;; folder = parentOf(folder)) {
    const facts = diskOf(folder);
    if (facts !== undefined || folder === parentOf(folder)) return facts;
  }
}

function diskOf(path: string): DiskFacts | undefined {
  try {
    const { bavail, bsize, type } = statfsSync(path);
    // The kind is a number of Linux; elsewhere it means something else.
    const network = Deno.build.os === "linux" ? NETWORK[type >>> 0] : undefined;
    return { freeBytes: bavail * bsize, ...(network === undefined ? {} : { network }) };
  } catch (error) {
    // Not there, or a system that has no such question: both are told by having no facts.
    if (/^(ENOENT|ENOTDIR|EACCES|ENOSYS)$/.test(osCode(error))) return undefined;
    throw error;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}
