import type { TerminalSize } from "../../../core/ports/subprocess.ts";
import { closeOnExec, type Libc, type Pipe } from "./libc.ts";

/** Of `open`: for reading and writing, and not as the terminal that loom itself obeys. */
const flags = 2 | 0o400 | closeOnExec;

/** What is asked of a terminal, by number. */
const [unlock, openOther, setSize] = [0x40045431n, 0x5441n, 0x5414n];

/** Room for what the C library says of a terminal, which is 60 bytes. */
const settingsBytes = 128;

/**
 * A pseudo-terminal, as a pipe: a program that writes to it believes that a person reads, and shows colours and progress.
 *
 * It is raw: every byte arrives as it was written. `undefined` where the system gives none.
 *
 * @see `pty(7)`, `ioctl_tty(2)`, `termios(3)` of Linux.
 */
export function makeTerminal(libc: Libc, size: TerminalSize): Pipe | undefined {
  const read = libc.open(new TextEncoder().encode("/dev/ptmx\0"), flags);
  if (read < 0) return undefined;
  const write = libc.ioctl(read, unlock, new Uint8Array(4)) === 0 ? libc.ioctl_flags(read, openOther, flags) : -1;
  if (write < 0) {
    libc.close(read);
    return undefined;
  }
  makeRaw(libc, write);
  resizeTerminal(libc, read, size);
  return { read, write };
}

/** Tells a terminal how large it is. Who looks at it hears of it by SIGWINCH, which is the caller's to send. */
export function resizeTerminal(libc: Libc, end: number, { columns, rows }: TerminalSize): void {
  const size = new Uint16Array([rows, columns, 0, 0]);
  libc.ioctl(end, setSize, new Uint8Array(size.buffer));
}

function makeRaw(libc: Libc, end: number): void {
  const settings = new Uint8Array(settingsBytes);
  if (libc.tcgetattr(end, settings) !== 0) return;
  libc.cfmakeraw(settings);
  libc.tcsetattr(end, 0, settings);
}
