import { LoomError } from "../../../core/errors.ts";
import type { SubprocessSpec } from "../../../core/ports/subprocess.ts";
import { bytesOf, type Libc, openNull } from "./libc.ts";
import { findProgram, forgetPrograms, programNotExecutable, requireFolder } from "./program.ts";
import { CVector } from "./vector.ts";

/** The descriptors that a program gets as its streams. */
export interface Streams {
  readonly stdin?: number;
  readonly stdout?: number;
  readonly stderr?: number;
}

/** Flags of `posix_spawn`: default signals, empty mask, own session. */
const flags = 0x04 | 0x08 | 0x80;

/** What the runtime ignores or handles, and a program expects untouched: HUP, INT, QUIT, PIPE, TERM, CHLD. */
const resetSignals: readonly number[] = [1, 2, 3, 13, 15, 17];

/** More than any version of the library needs for its structures. */
const structureBytes = 1024;

/** Starts programs with `posix_spawn`, each in a session of its own: not even `/dev/tty` can stop it. */
export class Spawner {
  readonly #libc: Libc;
  readonly #attributes = new Uint8Array(structureBytes);
  readonly #actions = new Uint8Array(structureBytes);
  readonly #argv = new CVector();
  readonly #envp = new CVector();
  readonly #null: number;
  #filled: { readonly env: SubprocessSpec["env"]; readonly envp: Deno.PointerObject | null } | undefined;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#null = openNull(libc);
    const set = new Uint8Array(128);
    libc.posix_spawnattr_init(this.#attributes);
    libc.posix_spawnattr_setsigmask(this.#attributes, set);
    for (const signal of resetSignals) set[(signal - 1) >> 3] |= 1 << ((signal - 1) & 7);
    libc.posix_spawnattr_setsigdefault(this.#attributes, set);
    libc.posix_spawnattr_setflags(this.#attributes, flags);
  }

  /**
   * Starts `spec` with these streams, the null device in place of absent ones.
   *
   * @returns The number of the program, which is also that of its group.
   * @throws {LoomError} `program-not-found`, `program-not-executable`, `cwd-not-found`, `too-many-processes`.
   */
  start(spec: SubprocessSpec, streams: Streams): number {
    const program = findProgram(spec);
    const argv = this.#argv.fill([program, ...spec.argv.slice(1)]);
    const envp = this.#environment(spec.env);
    const pid = new Int32Array(1);
    this.#prepare(spec.cwd, streams);
    const path = cText(program);
    const failure = this.#libc.posix_spawn(bytesOf(pid), path, this.#actions, this.#attributes, argv, envp);
    this.#libc.posix_spawn_file_actions_destroy(this.#actions);
    if (failure !== 0) throw startFailure(failure, program, spec.cwd);
    return pid[0];
  }

  /** Nearly always that of the program before, which still stands there. */
  #environment(env: SubprocessSpec["env"]): Deno.PointerObject | null {
    if (this.#filled?.env === env) return this.#filled.envp;
    this.#filled = undefined;
    const envp = this.#envp.fill(Object.entries(env).map(([name, value]) => `${name}=${value}`));
    this.#filled = { env, envp };
    return envp;
  }

  #prepare(cwd: string, { stdin, stdout, stderr }: Streams): void {
    const { posix_spawn_file_actions_adddup2: duplicate } = this.#libc;
    this.#libc.posix_spawn_file_actions_init(this.#actions);
    [stdin, stdout, stderr].forEach((end, i) => duplicate(this.#actions, end ?? this.#null, i));
    this.#libc.posix_spawn_file_actions_addchdir_np(this.#actions, cText(cwd));
  }
}

function cText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${text}\0`);
}

const encoder = new TextEncoder();

/** Why the system did not start a program, by its number of the error. */
const reasons: Readonly<Record<number, string>> = {
  2: "the program that its first line names is not there",
  7: "its arguments and environment are too long for this system",
  8: "it is neither a program of this system nor a script with #! in its first line",
  13: "permission denied",
};

function startFailure(failure: number, program: string, cwd: string): LoomError {
  forgetPrograms();
  requireFolder(cwd);
  const [again, noMemory] = [11, 12];
  if (failure !== again && failure !== noMemory) {
    return programNotExecutable(program, reasons[failure] ?? `the system says error ${failure}`);
  }
  return new LoomError("too-many-processes", `Cannot start '${program}': the system allows no more processes now`, {
    hint: "run fewer steps at once with --max-workers",
    data: { program },
    retryable: true,
  });
}
