/**
 * What is known of a machine before it is judged.
 *
 * @module
 */

import type { ReadConfig } from "../config/mod.ts";
import type { InstalledPlugin } from "../ports/plugin_store.ts";
import type { DatabaseFacts, DiskFacts, FolderFacts, RuntimeFacts, TrialFacts } from "../ports/prober.ts";
import type { SandboxState } from "../ports/sandbox.ts";

/** A program that was looked for. */
export interface ProgramFacts {
  /** Absolute; absent if it was not found. */
  readonly path?: string;
  /** What it says of itself; absent where it was not asked. */
  readonly version?: string;
  /** Whether it was asked and gave no answer. */
  readonly broken?: boolean;
}

/** Everything that is judged. */
export interface DoctorFacts {
  readonly platform: "linux" | "darwin" | "windows";
  readonly runtime: RuntimeFacts;
  readonly python: ProgramFacts;
  readonly git: ProgramFacts;
  /** Programs that providers in use need, by name. */
  readonly programs: Readonly<Record<string, ProgramFacts>>;
  readonly sandbox: SandboxState;
  readonly plugins: readonly InstalledPlugin[];
  readonly config: ReadConfig;
  /** Values of `LC_ALL`, `LC_CTYPE` and `LANG`. */
  readonly locale: { readonly all?: string; readonly ctype?: string; readonly lang?: string };
  /** The user's state, `~/.loom`. */
  readonly home: { readonly path: string; readonly facts?: FolderFacts };
  /** The user's own settings, `~/.config/loom`; absent where nobody has a home. */
  readonly settings?: { readonly path: string; readonly facts?: FolderFacts };
  /** The project's state, `.loom`. */
  readonly state: { readonly path: string; readonly facts?: FolderFacts; readonly trial?: TrialFacts };
  /** The project's folder. */
  readonly project: { readonly path: string; readonly facts?: FolderFacts; readonly foldsCase?: boolean };
  readonly database?: DatabaseFacts;
  readonly disk?: DiskFacts;
  /** UTC milliseconds. */
  readonly nowMs: number;
}
