/**
 * The functions of the C library that open files by handles of their folders.
 *
 * @module
 */

const symbols = {
  openat: { parameters: ["i32", "buffer", "i32", "i32"], result: "i32" },
  statx: { parameters: ["i32", "buffer", "i32", "u32", "buffer"], result: "i32" },
  mkdirat: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  unlinkat: { parameters: ["i32", "buffer", "i32"], result: "i32" },
  renameat: { parameters: ["i32", "buffer", "i32", "buffer"], result: "i32" },
  renameat2: { parameters: ["i32", "buffer", "i32", "buffer", "u32"], result: "i32" },
  linkat: { parameters: ["i32", "buffer", "i32", "buffer", "i32"], result: "i32" },
  getdents64: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  fchmod: { parameters: ["i32", "u32"], result: "i32" },
  fsync: { parameters: ["i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  __errno_location: { parameters: [], result: "pointer" },
} as const;

/** The functions, ready to call. */
export type FileLibc = Deno.DynamicLibrary<typeof symbols>["symbols"];

let opened: FileLibc | undefined;

/** The GNU C library of Linux (2.30 or newer), or `undefined` where it is another, or not permitted. */
export function openFileLibc(): FileLibc | undefined {
  if (Deno.build.os !== "linux" || Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return undefined;
  try {
    return opened ??= Deno.dlopen("libc.so.6", symbols).symbols;
  } catch {
    // No such library, or not all of its functions: paths are checked by other means then.
    return undefined;
  }
}

const isArm = Deno.build.arch === "aarch64";

/** Ways to open. Two of them differ between architectures. */
export const OPEN = {
  write: 0o1,
  create: 0o100,
  exclusive: 0o200,
  noTerminal: 0o400,
  noWait: 0o4000,
  directory: isArm ? 0o40000 : 0o200000,
  noFollow: isArm ? 0o100000 : 0o400000,
  closeOnExec: 0o2000000,
  /** Only a handle to go on from; nothing is read or woken. */
  path: 0o10000000,
} as const;

/** The working folder in the place of a handle: paths are absolute where it is used. */
export const AT_CWD = -100;

export const [AT_NO_FOLLOW, AT_REMOVE_FOLDER, AT_EMPTY_PATH] = [0x100, 0x200, 0x1000] as const;

/** Fail if the new name is taken. */
export const RENAME_NO_REPLACE = 1;

const NAMES: Readonly<Record<number, string>> = {
  1: "EPERM",
  2: "ENOENT",
  6: "ENXIO",
  12: "ENOMEM",
  13: "EACCES",
  17: "EEXIST",
  18: "EXDEV",
  20: "ENOTDIR",
  21: "EISDIR",
  22: "EINVAL",
  23: "ENFILE",
  24: "EMFILE",
  28: "ENOSPC",
  30: "EROFS",
  36: "ENAMETOOLONG",
  39: "ENOTEMPTY",
  40: "ELOOP",
  122: "EDQUOT",
};

/** Name of the error of the call just made. It is for words only: what is safe never depends on it. */
export function lastError(libc: FileLibc): string {
  const place = libc.__errno_location();
  const number = place === null ? 0 : new Deno.UnsafePointerView(place).getInt32();
  return NAMES[number] ?? `system error ${number}`;
}

/** A text as C has it. */
export function cText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${text}\0`);
}

const encoder = new TextEncoder();
