import type { Clock } from "./ports/clock.ts";
import type { Files } from "./ports/files.ts";
import type { Net } from "./ports/net.ts";
import type { Random } from "./ports/random.ts";
import type { Sandboxes } from "./ports/sandbox.ts";
import type { Stores } from "./ports/store.ts";
import type { Subprocesses } from "./ports/subprocess.ts";

/** Everything the outside offers; handed to each verb, so that nothing below reaches for globals. */
export interface Context {
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly net: Net;
  readonly subprocesses: Subprocesses;
  /** For programs that are not trusted. */
  readonly sandboxes: Sandboxes;
  readonly stores: Stores;
  /** The environment loom was started with. */
  readonly env: Readonly<Record<string, string>>;
  /** The caller's working directory, absolute. */
  readonly cwd: string;
  /** Logical processors; the default worker limit. */
  readonly cpuCount: number;
  /** This process, for leases. */
  readonly self: { readonly pid: number; readonly host: string; readonly processStart: string };
  /** Whether a process that holds a lease still runs. */
  readonly isAlive: (holder: { pid: number; processStart: string }) => boolean;
  readonly platform: "linux" | "darwin" | "windows";
  /** Absolute path of the Deno that loom runs on; absent in the binary, which is none. */
  readonly deno?: string;
}
