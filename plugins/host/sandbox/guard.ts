import type { SandboxExit, SandboxLimit } from "../../../core/ports/sandbox.ts";
import type { Subprocess } from "../../../core/ports/subprocess.ts";
import { signalGroup } from "../subprocess/group.ts";
import { type FullLimits, ownProcesses } from "./inside.ts";
import { firstInside, usageInside } from "./namespace.ts";

/** Between two looks at what a program uses. The kernel refuses first where it can; this is for the rest. */
const lookMs = 100;

/**
 * Ends a program that goes beyond its limits.
 *
 * The kernel counts processes for each user, and lets root have any number; it limits the memory of each process, and not
 * that of all. So both are looked at from outside as well.
 */
export class Guard {
  readonly #child: Subprocess;
  readonly #limits: FullLimits;
  readonly #isBubblewrap: boolean;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Resolves when it has ended, however that is told. */
  readonly #ended: Promise<void>;
  #outputBytes = 0;
  #isOver = false;
  #limit: SandboxLimit | undefined;

  constructor(child: Subprocess, limits: FullLimits, options: { readonly isBubblewrap: boolean }) {
    this.#child = child;
    this.#limits = limits;
    this.#isBubblewrap = options.isBubblewrap;
    const over = () => this.#over();
    // A failure is heard by whoever waits for the exit; here it only matters that it is over.
    this.#ended = child.exit.then(over, over);
    if (limits.wallMs !== undefined) this.#after(limits.wallMs, () => this.#end("wall"));
    if (options.isBubblewrap) this.#after(lookMs, () => this.#look());
  }

  /** Counts what it prints. */
  heard(bytes: number): void {
    this.#outputBytes += bytes;
    if (this.#outputBytes > this.#limits.outputBytes) this.#end("output");
  }

  /** Resolves when it has ended, with why if it was for a limit. */
  async exit(): Promise<SandboxExit> {
    const exit = asSignal(await this.#child.exit);
    return this.#limit === undefined ? exit : { ...exit, limit: this.#limit };
  }

  /** TERM to the program and all that it starts, KILL after the grace. */
  async stop(graceMs: number): Promise<void> {
    if (this.#isOver) return;
    if (!this.#isBubblewrap) return await this.#child.stop(graceMs);
    // Bubblewrap itself must not hear of TERM: with it, all ends at once.
    const inside = graceMs > 0 ? firstInside(this.#child.pid) : undefined;
    if (inside === undefined || !signalGroup(inside, "SIGTERM")) return await this.#child.stop(0);
    signalGroup(inside, "SIGCONT");
    this.#after(graceMs, () => void this.#child.stop(0));
    await this.#ended;
  }

  #over(): void {
    this.#isOver = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #end(limit: SandboxLimit): void {
    if (this.#isOver || this.#limit !== undefined) return;
    this.#limit = limit;
    // Only time is something that a program may not have known of. The others grow while one waits.
    void this.stop(limit === "wall" ? this.#limits.graceMs : 0);
  }

  #look(): void {
    const startedMs = performance.now();
    const most = this.#limits.processes + ownProcesses;
    const used = usageInside(this.#child.pid, most);
    if (used.processes > most) return this.#end("processes");
    if (used.memoryBytes > this.#limits.memoryBytes) return this.#end("memory");
    // Never more than a twentieth of the time.
    this.#after(Math.max(lookMs, (performance.now() - startedMs) * 20), () => this.#look());
  }

  #after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }
}

/** Signals that end programs. Shells and bubblewrap tell of them as exit codes from 128 on, as other codes are told. */
const SIGNALS: Readonly<Record<number, string>> = {
  130: "SIGINT",
  132: "SIGILL",
  133: "SIGTRAP",
  134: "SIGABRT",
  135: "SIGBUS",
  136: "SIGFPE",
  137: "SIGKILL",
  139: "SIGSEGV",
  141: "SIGPIPE",
  143: "SIGTERM",
  152: "SIGXCPU",
  153: "SIGXFSZ",
  159: "SIGSYS",
};

function asSignal(exit: SandboxExit): SandboxExit {
  const signal = SIGNALS[exit.exitCode ?? 0];
  return signal === undefined ? exit : { signal, stragglers: exit.stragglers };
}
