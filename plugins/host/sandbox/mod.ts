/**
 * The launcher for programs that are not trusted: the launcher for programs, around which a sandbox is put.
 *
 * @module
 */

import type { Policy } from "../../../core/ports/policy.ts";
import type { Sandboxed, Sandboxes, SandboxRendering, SandboxSpec, SandboxState } from "../../../core/ports/sandbox.ts";
import type { Subprocesses } from "../../../core/ports/subprocess.ts";
import { closeOnExec } from "./descriptors.ts";
import { type Egress, type EgressOptions, openEgress } from "./egress/egress.ts";
import { Guard } from "./guard.ts";
import { type FullLimits, fullLimits } from "./inside.ts";
import { checkSpec } from "./programs.ts";
import { confined, unconfined, type Wrapped } from "./wrap.ts";
import { lookForSandbox, type SandboxMeans, sandboxUnavailable } from "./state.ts";

/** What a launcher is made of. */
export interface SandboxOptions extends EgressOptions {
  /** Starts what has been wrapped. */
  readonly subprocesses: () => Subprocesses;
  /** Loaded with the first program. */
  readonly rendering: () => Promise<SandboxRendering>;
  /** Where `bwrap` is looked for after the usual folders. */
  readonly searchPath?: string;
  /**
   * A person typed `--no-sandbox`: programs run with the person's own rights, with limits and without the environment.
   * Nothing else may set it.
   */
  readonly unconfined?: boolean;
  /** Hears of each program that was started without a sandbox, before it is. */
  readonly onUnconfined?: (policy: Policy) => void;
}

/** Sandboxes of this machine. */
export function hostSandboxes(options: SandboxOptions): Sandboxes {
  return new HostSandboxes(options);
}

class HostSandboxes implements Sandboxes {
  readonly #options: SandboxOptions;
  #means: Promise<SandboxMeans> | undefined;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  async state(): Promise<SandboxState> {
    const means = await this.#look();
    if (!means.available) return means;
    return { available: true, kind: means.kind, version: means.version };
  }

  async start(spec: SandboxSpec): Promise<Sandboxed> {
    const limits = fullLimits(spec.limits);
    if (this.#options.unconfined) return this.#startUnconfined(spec, limits);
    const means = await this.#look();
    if (!means.available) throw sandboxUnavailable(means);
    checkSpec(spec, means);
    const rendering = await this.#options.rendering();
    closeOnExec();
    const egress = spec.policy.hosts.length === 0 ? undefined : openEgress(spec, rendering, this.#options);
    const wrapping = { means, rendering, limits, egress };
    return this.#launch({ spec, limits, means, egress }, () => confined(spec, wrapping));
  }

  #look(): Promise<SandboxMeans> {
    return this.#means ??= this.#options.rendering().then((it) => lookForSandbox(it, this.#options.searchPath ?? ""));
  }

  #startUnconfined(spec: SandboxSpec, limits: FullLimits): Sandboxed {
    this.#options.onUnconfined?.(spec.policy);
    return this.#launch({ spec, limits }, () => unconfined(spec, limits));
  }

  #launch({ spec, limits, means, egress }: Launch, wrap: () => Wrapped): Sandboxed {
    const undo = [() => egress?.close()];
    const over = () => undo.forEach((work) => work());
    try {
      const wrapped = wrap();
      undo.push(wrapped.over);
      const { child, guard } = this.#guarded(spec, wrapped, { limits, isBubblewrap: means?.kind === "bubblewrap" });
      const exit = guard.exit().finally(over);
      return { pid: child.pid, input: child.input, exit, stop: (graceMs) => guard.stop(graceMs) };
    } catch (error) {
      over();
      throw error;
    }
  }

  #guarded(
    { logPath, passStdin, feedStdin, onOutput }: SandboxSpec,
    { argv, env, cwd, secrets }: Wrapped,
    { limits, isBubblewrap }: { readonly limits: FullLimits; readonly isBubblewrap: boolean },
  ) {
    const counting: { guard?: Guard } = {};
    const child = this.#options.subprocesses().start({
      ...{ argv, env, cwd, secrets, logPath, passStdin, feedStdin },
      onOutput: (stream, text) => {
        counting.guard?.heard(text.length);
        onOutput?.(stream, text);
      },
    });
    const guard = counting.guard = new Guard(child, limits, { isBubblewrap });
    return { child, guard };
  }
}

/** One start. */
interface Launch {
  readonly spec: SandboxSpec;
  readonly limits: FullLimits;
  /** Absent without a sandbox. */
  readonly means?: Extract<SandboxMeans, { available: true }>;
  readonly egress?: Egress;
}
