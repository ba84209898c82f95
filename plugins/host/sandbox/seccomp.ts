/**
 * Calls of the kernel that no program in a sandbox may make, as a filter (classic BPF, seccomp(2)).
 *
 * Namespaces take away what these act on; the filter takes away the way there: most holes of the kernel that led out of
 * namespaces were in one of them.
 *
 * @module
 */

/** Calls that are refused, with their numbers on x86-64 and AArch64 (`asm/unistd.h`). -1: there is none. */
const DENIED: readonly (readonly [name: string, x64: number, arm64: number])[] = [
  ["ptrace", 101, 117],
  ["process_vm_readv", 310, 270],
  ["process_vm_writev", 311, 271],
  ["kcmp", 312, 272],
  ["mount", 165, 40],
  ["umount2", 166, 39],
  ["pivot_root", 155, 41],
  ["setns", 308, 268],
  ["open_tree", 428, 428],
  ["move_mount", 429, 429],
  ["fsopen", 430, 430],
  ["fsconfig", 431, 431],
  ["fsmount", 432, 432],
  ["fspick", 433, 433],
  ["mount_setattr", 442, 442],
  ["add_key", 248, 217],
  ["request_key", 249, 218],
  ["keyctl", 250, 219],
  ["bpf", 321, 280],
  ["perf_event_open", 298, 241],
  ["userfaultfd", 323, 282],
  ["io_uring_setup", 425, 425],
  ["io_uring_enter", 426, 426],
  ["io_uring_register", 427, 427],
  ["kexec_load", 246, 104],
  ["kexec_file_load", 320, 294],
  ["init_module", 175, 105],
  ["finit_module", 313, 273],
  ["delete_module", 176, 106],
  ["swapon", 167, 224],
  ["swapoff", 168, 225],
  ["acct", 163, 89],
  ["reboot", 169, 142],
  ["sethostname", 170, 161],
  ["setdomainname", 171, 162],
  ["settimeofday", 164, 170],
  ["clock_settime", 227, 112],
  ["clock_adjtime", 305, 266],
  ["iopl", 172, -1],
  ["ioperm", 173, -1],
  ["vhangup", 153, 58],
  ["open_by_handle_at", 304, 265],
  ["quotactl", 179, 60],
  ["quotactl_fd", 443, 443],
  ["nfsservctl", 180, 42],
  ["lookup_dcookie", 212, 18],
];

/** What is told apart by its arguments, and how calls are told from those of other architectures. */
interface Architecture {
  /** `AUDIT_ARCH_*`. */
  readonly audit: number;
  /** Numbers from here on belong to another convention for calls: x32 on x86-64. */
  readonly foreignFrom?: number;
  readonly clone: number;
  readonly clone3: number;
  readonly unshare: number;
  readonly ioctl: number;
  readonly socket: number;
  readonly denied: readonly number[];
}

const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x86_64: {
    audit: 0xc000003e,
    foreignFrom: 0x40000000,
    clone: 56,
    clone3: 435,
    unshare: 272,
    ioctl: 16,
    socket: 41,
    denied: DENIED.map(([, x64]) => x64),
  },
  aarch64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    unshare: 97,
    ioctl: 29,
    socket: 198,
    denied: DENIED.map(([, , arm64]) => arm64).filter((number) => number >= 0),
  },
};

const [EPERM, ENOSYS] = [1, 38];

/** `CLONE_NEW*`: time, mount, cgroup, UTS, IPC, user, PID, network. */
const NEW_NAMESPACES = 0x7e020080;

/** Requests that write into the terminal's input as if a person had typed it: `TIOCSTI`, `TIOCLINUX`. */
const TYPING: readonly number[] = [0x5412, 0x541c];

/** Families of sockets that may be opened, by path (`AF_UNIX`) only where that is wanted. */
const [AF_UNIX, AF_INET, AF_INET6, AF_NETLINK] = [1, 2, 10, 16];

/** What the filter looks at: `struct seccomp_data`. */
const [NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT, SECOND_ARGUMENT_AT] = [0, 4, 16, 24];

const [LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN] = [0x20, 0x15, 0x35, 0x45, 0x06];
const ALLOW = 0x7fff0000;
const ERROR = 0x00050000;

/** One instruction: code, jump if true, jump if false, operand. Jumps to a name are filled in at the end. */
type Instruction = readonly [code: number, operand: number, then?: Label, otherwise?: Label];
type Label = "allow" | "deny" | "absent" | "skip" | "next";

/**
 * The filter, ready for `bwrap --seccomp`; `undefined` for an architecture that it does not know.
 *
 * @param options `unixSockets`: whether sockets by path may be opened, which also reach those that a shown folder holds.
 */
export function seccompFilter(
  architecture: string,
  options: { readonly unixSockets: boolean },
): Uint8Array<ArrayBuffer> | undefined {
  const known = ARCHITECTURES[architecture];
  return known && assemble(program(known, options.unixSockets));
}

function program(arch: Architecture, unixSockets: boolean): readonly Instruction[] {
  const families = [AF_INET, AF_INET6, AF_NETLINK, ...(unixSockets ? [AF_UNIX] : [])];
  return [
    [LOAD, ARCHITECTURE_AT],
    [EQUAL, arch.audit, "next", "deny"],
    [LOAD, NUMBER_AT],
    ...(arch.foreignFrom === undefined ? [] : [[AT_LEAST, arch.foreignFrom, "deny", "next"] as const]),
    // Its arguments lie in memory, where no filter can look: libraries then use the older call.
    [EQUAL, arch.clone3, "absent", "next"],
    ...arch.denied.map((number) => [EQUAL, number, "deny", "next"] as const),
    ...argument(arch.clone, FIRST_ARGUMENT_AT, [[ANY_BIT, NEW_NAMESPACES, "deny", "next"]]),
    ...argument(arch.unshare, FIRST_ARGUMENT_AT, [[ANY_BIT, NEW_NAMESPACES, "deny", "next"]]),
    ...argument(arch.ioctl, SECOND_ARGUMENT_AT, TYPING.map((request) => [EQUAL, request, "deny", "next"] as const)),
    ...argument(arch.socket, FIRST_ARGUMENT_AT, [
      ...families.map((family) => [EQUAL, family, "allow", "next"] as const),
      [RETURN, ERROR | EPERM],
    ]),
    [RETURN, ALLOW],
    [RETURN, ERROR | EPERM],
    [RETURN, ERROR | ENOSYS],
  ];
}

/** Looks at an argument of one call; of all others the number is looked at further. */
function argument(call: number, at: number, checks: readonly Instruction[]): readonly Instruction[] {
  return [[EQUAL, call, "next", "skip"], [LOAD, at], ...checks, [LOAD, NUMBER_AT]];
}

/** Eight bytes for each instruction, in the order of this machine. */
function assemble(instructions: readonly Instruction[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(instructions.length * 8);
  const view = new DataView(bytes.buffer);
  const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  instructions.forEach(([code, operand, then = "next", otherwise = "next"], at) => {
    view.setUint16(at * 8, code, isLittle);
    view.setUint8(at * 8 + 2, jump(instructions, at, then));
    view.setUint8(at * 8 + 3, jump(instructions, at, otherwise));
    view.setUint32(at * 8 + 4, operand, isLittle);
  });
  return bytes;
}

/** How many instructions are passed over. */
function jump(instructions: readonly Instruction[], at: number, label: Label): number {
  const last = instructions.length - 1;
  if (label === "next") return 0;
  if (label === "skip") return afterReload(instructions, at) - at - 1;
  return { allow: last - 2, deny: last - 1, absent: last }[label] - at - 1;
}

/** Behind the loading of the number that ends a look at an argument: it still stands there. */
function afterReload(instructions: readonly Instruction[], at: number): number {
  return instructions.findIndex(([code, operand], i) => i > at && code === LOAD && operand === NUMBER_AT) + 1;
}
