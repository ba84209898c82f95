/**
 * The few functions of the C library that start a program without copying loom.
 *
 * Deno forks, which takes the longer the more memory loom has; `posix_spawn` does not, and takes half the time.
 *
 * @module
 */

/** What is taken from the library. Structures are passed as bytes. */
const symbols = {
  posix_spawn: { parameters: ["buffer", "buffer", "buffer", "buffer", "pointer", "pointer"], result: "i32" },
  posix_spawnattr_init: { parameters: ["buffer"], result: "i32" },
  posix_spawnattr_setflags: { parameters: ["buffer", "i16"], result: "i32" },
  posix_spawnattr_setsigdefault: { parameters: ["buffer", "buffer"], result: "i32" },
  posix_spawnattr_setsigmask: { parameters: ["buffer", "buffer"], result: "i32" },
  posix_spawn_file_actions_init: { parameters: ["buffer"], result: "i32" },
  posix_spawn_file_actions_adddup2: { parameters: ["buffer", "i32", "i32"], result: "i32" },
  posix_spawn_file_actions_addchdir_np: { parameters: ["buffer", "buffer"], result: "i32" },
  posix_spawn_file_actions_destroy: { parameters: ["buffer"], result: "i32" },
  open: { parameters: ["buffer", "i32"], result: "i32" },
  pipe2: { parameters: ["buffer", "i32"], result: "i32" },
  ioctl: { parameters: ["i32", "u64", "buffer"], result: "i32" },
  ioctl_flags: { name: "ioctl", parameters: ["i32", "u64", "i32"], result: "i32" },
  tcgetattr: { parameters: ["i32", "buffer"], result: "i32" },
  tcsetattr: { parameters: ["i32", "i32", "buffer"], result: "i32" },
  cfmakeraw: { parameters: ["buffer"], result: "void" },
  fcntl: { parameters: ["i32", "i32", "i32"], result: "i32" },
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
  kill: { parameters: ["i32", "i32"], result: "i32" },
  wait4: { parameters: ["i32", "buffer", "i32", "buffer"], result: "i32", nonblocking: true },
} as const;

/** The functions, ready to call. */
export type Libc = Deno.DynamicLibrary<typeof symbols>["symbols"];

/** The GNU C library of Linux, or `undefined` where it is another, too old (before 2.29), or not permitted. */
export function openLibc(): Libc | undefined {
  if (Deno.build.os !== "linux" || Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return undefined;
  try {
    return Deno.dlopen("libc.so.6", symbols).symbols;
  } catch {
    // No such library, or not all of its functions: Deno's own means are there for that.
    return undefined;
  }
}

/** The same number with all architectures that Deno runs on. */
export const closeOnExec = 0o2000000;

const [setPipeSize, readWrite] = [1031, 2];

/** SIGCONT on the architectures that Deno runs on. */
const goOn = 18;

/** Both its ends. */
export interface Pipe {
  readonly read: number;
  readonly write: number;
}

/** A new pipe; no program inherits it by accident. `undefined` if too many files are open. */
export function makePipe(libc: Libc): Pipe | undefined {
  const ends = new Int32Array(2);
  return libc.pipe2(bytesOf(ends), closeOnExec) === 0 ? { read: ends[0], write: ends[1] } : undefined;
}

/** Lets a program that prints much go on while loom does other things. Where it is refused, the pipe stays as it is. */
export function widenPipe(libc: Libc, end: number): void {
  libc.fcntl(end, setPipeSize, 1024 * 1024);
}

/** A descriptor of the null device, for reading and writing. */
export function openNull(libc: Libc): number {
  return libc.open(new TextEncoder().encode("/dev/null\0"), readWrite | closeOnExec);
}

/** Whether anybody is left in a group. To stopped ones the signal means that they go on, to the others nothing. */
export function isGroupLeft(libc: Libc, group: number): boolean {
  return libc.kill(-group, goOn) === 0;
}

/** The bytes of an array of numbers. */
export function bytesOf(
  numbers: Int32Array<ArrayBuffer> | Int16Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
