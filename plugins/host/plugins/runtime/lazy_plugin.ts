import { interrupted, type LoomError } from "../../../../core/errors.ts";
import type {
  LoadedPlugin,
  PluginCall,
  PluginCallOptions,
  PluginManifest,
  PortName,
} from "../../../../core/ports/plugin.ts";
import { pluginBrokeContract } from "./errors.ts";
import { IDLE_MS } from "./limits.ts";
import type { Claims } from "./messages.ts";

/** One running plugin, wherever it runs. It ends once and for all. */
export interface Cell {
  readonly ended: boolean;
  /** Resolves with what the plugin says of itself, when it takes calls. */
  started(): Promise<Claims>;
  call(call: PluginCall, options: PluginCallOptions): Promise<unknown>;
  /** Ends it now; every call in it fails with `reason`. */
  end(reason: LoomError, quietly?: boolean): void;
}

/** What a plugin is started from. */
export interface Origin {
  readonly manifest: PluginManifest;
  readonly provides: Readonly<Partial<Record<PortName, readonly string[]>>>;
  /** Starts it. */
  make(): Promise<Cell>;
  /** How long it may lie idle before it is ended, as it would keep the process; 10 s unless given. */
  readonly idleMs?: number;
}

const running = new Set<LazyPlugin>();

/** Ends all plugins. */
export async function closeAllPlugins(): Promise<void> {
  await Promise.all([...running].map((plugin) => plugin.close()));
}

/** A plugin that is started by its first call, and again by the next one when it has ended. */
export class LazyPlugin implements LoadedPlugin {
  readonly manifest: PluginManifest;
  readonly provides: Readonly<Partial<Record<PortName, readonly string[]>>>;
  readonly #origin: Origin;
  #current: Promise<Cell> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #calls = 0;
  /** Between `setup` and `teardown` it has something to lose. */
  #inSession = false;
  #closed = false;

  constructor(origin: Origin) {
    this.#origin = origin;
    this.manifest = origin.manifest;
    this.provides = origin.provides;
  }

  async call(call: PluginCall, options: PluginCallOptions = {}): Promise<unknown> {
    if (this.#closed) throw this.#wasClosed();
    if (options.signal?.aborted) throw interrupted(`Plugin ${this.manifest.name} was not called: it was too late`);
    clearTimeout(this.#idle);
    this.#calls++;
    try {
      const cell = await this.#ready();
      if (call.method === "setup" || call.method === "teardown") this.#inSession = call.method === "setup";
      return await cell.call(call, options);
    } finally {
      if (--this.#calls === 0) this.#rest();
    }
  }

  #rest(): void {
    if (this.#current === undefined || this.#inSession) return;
    this.#idle = setTimeout(() => this.#drop(), this.#origin.idleMs ?? IDLE_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#drop();
  }

  /** The one that runs, unless it has ended. */
  async #ready(): Promise<Cell> {
    const now = this.#current;
    if (now !== undefined && !(await now).ended) return await now;
    // Somebody else may have started it meanwhile.
    if (this.#current === now) this.#restart();
    return await this.#current!;
  }

  #restart(): void {
    this.#drop();
    const current = this.#start();
    this.#current = current;
    running.add(this);
    // Whoever waits for it hears of its failure; the next call tries again.
    current.catch(() => {
      if (this.#current === current) this.#current = undefined;
    });
  }

  async #start(): Promise<Cell> {
    const cell = await this.#origin.make();
    const difference = this.#differs(await cell.started());
    if (this.#closed) cell.end(this.#wasClosed(), true);
    if (difference === undefined) return cell;
    const error = pluginBrokeContract(this.manifest.name, difference);
    cell.end(error);
    throw error;
  }

  /** A module may say one thing when it is added and another when it is used. */
  #differs({ name, version, api, provides }: Claims): string | undefined {
    const { manifest } = this;
    if (name !== manifest.name) return `it calls itself ${String(name)}`;
    if (api !== manifest.api) return `it is made for version ${String(api)} of the contract`;
    if (version !== manifest.version) return `it says that it is version ${String(version)}, not ${manifest.version}`;
    for (const [port, names] of Object.entries(this.provides)) {
      const missing = names.find((each) => !(Object.hasOwn(provides, port) && provides[port].includes(each)));
      if (missing !== undefined) return `it no longer provides ${port} '${missing}'`;
    }
    return undefined;
  }

  async #drop(): Promise<void> {
    clearTimeout(this.#idle);
    const current = this.#current;
    this.#current = undefined;
    running.delete(this);
    // One that failed to start has ended already, and told whoever called it.
    const cell = await current?.catch(() => undefined);
    cell?.end(this.#wasClosed(), true);
  }

  #wasClosed(): LoomError {
    return interrupted(`Plugin ${this.manifest.name} was closed`);
  }
}
