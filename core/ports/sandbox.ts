/** Programs that are not trusted, from outside: started in a sandbox of the operating system. */

import type { Policy } from "./policy.ts";
import type { Subprocess, SubprocessExit, SubprocessSpec } from "./subprocess.ts";

/** What one program, with all that it starts, may use up. Absent fields have the launcher's defaults. */
export interface SandboxLimits {
  /** Ends the whole group: TERM, then KILL after the grace. Unlimited unless given. */
  readonly wallMs?: number;
  /** 5 s unless given. */
  readonly graceMs?: number;
  /** Of each process. Unlimited unless given. */
  readonly cpuSeconds?: number;
  /** Memory a process may write to, and all of them together. Three quarters of the machine's unless given. */
  readonly memoryBytes?: number;
  /** Processes and threads at a time. 512 unless given. */
  readonly processes?: number;
  /** Longest file it may write. 16 GiB unless given. */
  readonly fileBytes?: number;
  /** Room in its own `/tmp`. 1 GiB unless given. */
  readonly tmpBytes?: number;
  /** Output of both streams together; it is ended beyond that. 1 GiB unless given. */
  readonly outputBytes?: number;
}

/** A program with what it may touch. `env` holds values for the names in `policy.variables`, and nothing else. */
export interface SandboxSpec extends SubprocessSpec {
  readonly policy: Policy;
  readonly limits?: SandboxLimits;
  /** Hears what it tried and was kept from, such as `connect to example.org:443: not allowed`. */
  readonly onBlocked?: (what: string) => void;
}

/** Which limit a program was ended for. */
export type SandboxLimit = "wall" | "output" | "processes" | "memory";

/** How a program in a sandbox ended. */
export interface SandboxExit extends SubprocessExit {
  /** Set when the launcher ended it. */
  readonly limit?: SandboxLimit;
}

/** A program in a sandbox. When it ends, everything that it started has ended. */
export interface Sandboxed extends Subprocess {
  readonly exit: Promise<SandboxExit>;
}

/** Whether this machine can hold a program in. */
export type SandboxState =
  | { readonly available: true; readonly kind: "bubblewrap" | "seatbelt"; readonly version: string }
  | { readonly available: false; readonly reason: string; readonly fix: string };

/** Starts programs inside a sandbox: own namespaces, cleared environment, limits, no network but by `policy.hosts`. */
export interface Sandboxes {
  /** Looked for once. */
  state(): Promise<SandboxState>;
  /**
   * @throws {LoomError} `sandbox-unavailable` with the exact fix, `program-not-allowed`, `path-moved`,
   * `invalid-variable`; as `Subprocesses.start`. Never starts it unconfined.
   */
  start(spec: SandboxSpec): Promise<Sandboxed>;
}

/** What a machine has that a sandbox is made of. */
export interface SandboxMachine {
  /** Folders and files of the system that any program needs to start, such as `/usr` and `/etc/ssl`. */
  readonly system: readonly string[];
  /** Links at the top: path to target, such as `/bin` to `usr/bin`. */
  readonly links: Readonly<Record<string, string>>;
  /** Below writable paths, and not to be written: those that are there. */
  readonly kept: readonly string[];
  /** Likewise, those that are not there and must not come to be. */
  readonly absent: readonly { readonly path: string; readonly kind: "file" | "directory" }[];
  /** Whether `--size` is known; bubblewrap has it from 0.7. */
  readonly sizes: boolean;
  readonly tmpBytes: number;
  /** Its own folder for temporary files, where `/tmp` cannot be its own. */
  readonly tmp?: string;
  /** Where the program starts. */
  readonly cwd: string;
  /** Folder with what the way to `policy.hosts` is made of; absent: no network. */
  readonly egress?: SandboxEgress;
}

/** How a program in a sandbox reaches loom's proxy. */
export interface SandboxEgress {
  /** Shown read-only at the same place: the folder of the socket, the relay and what runs it. */
  readonly read: readonly string[];
  /** Port of the machine itself on which the proxy listens, where there is no network of its own. */
  readonly port?: number;
}

/** A policy in the words of the operating system: pure, and handed to the launcher. */
export interface SandboxRendering {
  /** Arguments of `bwrap`, up to `--`. */
  bubblewrap(policy: Policy, machine: SandboxMachine): readonly string[];
  /** Profile for `sandbox-exec`. */
  seatbelt(policy: Policy, machine: SandboxMachine): string;
  /** Whether `policy.hosts` names this host, in lower case, with this port. */
  allowsHost(policy: Policy, host: string, port: number): boolean;
}
