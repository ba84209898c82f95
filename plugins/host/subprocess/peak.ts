/**
 * How much memory a program held at most, of what the system says of it when it has ended.
 *
 * A program is started from loom's own memory, and Linux counts the most that this ever was as the program's too. So
 * only a program that held more than loom ever did can be told apart.
 *
 * @module
 */

import { hostFileReader } from "../files/reader.ts";

/** Place of `ru_maxrss` in C's `struct rusage`, in 64-bit words: it stands behind two times of two words each. */
const maxResidentAt = 4;

/** Words of that structure. */
const usageWords = 18;

/** What the system counts in batches may differ by this much. */
const doubtBytes = 4 * 1024 * 1024;

/** Memory of its own that `wait4` fills. */
export function newUsage(): BigInt64Array<ArrayBuffer> {
  return new BigInt64Array(usageWords);
}

/** Compares with the most that loom itself has held, which is looked up only when it may have grown. */
export class PeakMemory {
  #ownBytes = 0;

  /** Of a program that has ended with this usage; `undefined` if it held less than loom. */
  bytesOf(usage: BigInt64Array): number | undefined {
    const bytes = Number(usage[maxResidentAt]) * 1024;
    if (bytes <= this.#ownBytes + doubtBytes) return undefined;
    this.#ownBytes = ownPeakBytes() ?? Infinity;
    return bytes > this.#ownBytes + doubtBytes ? bytes : undefined;
  }
}

function ownPeakBytes(): number | undefined {
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(hostFileReader.readText("/proc/self/status") ?? "")?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
