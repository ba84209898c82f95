import { LoomError } from "../../../core/errors.ts";
import { openLibc } from "../subprocess/libc.ts";
import { lookAt } from "./machine.ts";

let isDone = false;

/**
 * Keeps files that loom was started with from programs in a sandbox: an open folder leads out of any. What loom opens
 * itself is kept from them from the beginning.
 *
 * @throws {LoomError} `sandbox-unavailable` if that cannot be done.
 */
export function closeOnExec(): void {
  if (isDone || Deno.build.os !== "linux") return;
  const inherited = descriptors().filter((number) => number > 2 && !isClosedOnExec(number));
  const libc = inherited.length === 0 ? undefined : openLibc();
  for (const number of inherited) {
    if (libc?.fcntl(number, setDescriptorFlags, closedOnExec) !== 0) throw leaks(number);
  }
  isDone = true;
}

/** `F_SETFD`, `FD_CLOEXEC`. */
const [setDescriptorFlags, closedOnExec] = [2, 1];

function descriptors(): readonly number[] {
  return Array.from(Deno.readDirSync("/proc/self/fd"), ({ name }) => Number(name));
}

/** As the kernel shows its flags, in octal. What has been closed meanwhile is closed. */
function isClosedOnExec(number: number): boolean {
  const path = `/proc/self/fdinfo/${number}`;
  if (lookAt(path) === undefined) return true;
  const flags = /^flags:\s*([0-7]+)$/m.exec(Deno.readTextFileSync(path))?.[1] ?? "0";
  return (parseInt(flags, 8) & 0o2000000) !== 0;
}

function leaks(number: number): LoomError {
  return new LoomError("sandbox-unavailable", `Cannot keep open file ${number} from programs in a sandbox`, {
    hint: "start loom without open files besides its standard streams",
    data: { number },
  });
}
