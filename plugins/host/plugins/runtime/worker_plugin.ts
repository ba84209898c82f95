import { LoomError } from "../../../../core/errors.ts";
import type { PluginManifest, PortName } from "../../../../core/ports/plugin.ts";
import type { PluginListener } from "./desk.ts";
import type { Origin } from "./lazy_plugin.ts";
import { HEAP_BYTES } from "./limits.ts";
import { screenModule } from "./screen.ts";
import { WorkerCell } from "./worker_cell.ts";

/** What every plugin in a worker has. */
interface WorkerSource {
  /** Known from when it was added, so that nothing has to be started to tell it. */
  readonly manifest: PluginManifest;
  readonly provides: Readonly<Partial<Record<PortName, readonly string[]>>>;
  /** Everything it may do. What is absent is denied. */
  readonly permissions: Deno.PermissionOptionsObject;
  /** Values of the variables that it was granted. */
  readonly env: Readonly<Record<string, string>>;
  /** How long it may lie idle between two calls, if it is not between `setup` and `teardown`; 10 s unless given. */
  readonly idleMs?: number;
  readonly onNotice?: PluginListener;
}

/** A plugin of the person's. */
export interface WorkerPluginSource extends WorkerSource {
  /** Its one module, bundled: the path of its file, or what gives its text. */
  readonly module: string | (() => Promise<string>);
  /** SHA-256 that the text has to have. */
  readonly digest?: string;
  /** Heap; 256 MiB unless given. */
  readonly memoryBytes?: number;
}

/** One of loom's own plugins. Its code is as good as loom's: it has no heap of its own, and starts the sooner. */
export interface BuiltInSource extends WorkerSource {
  /** Address of its module; `permissions` let it be read. */
  readonly url: string;
}

/** Its text is read, and looked through, when it is started. */
export function workerOrigin(source: WorkerPluginSource): Origin {
  const { manifest, provides, idleMs, module, digest: expected, memoryBytes: heapBytes = HEAP_BYTES } = source;
  const make = async () => {
    const code = await textOf(module);
    if (expected !== undefined && await digestOf(code) !== expected) throw changed(manifest.name);
    screenModule(manifest.name, code);
    return new WorkerCell({ ...common(source), module: { code }, heapBytes }, source.onNotice);
  };
  return { manifest, provides, make, idleMs };
}

/** Imported from its address. */
export function builtInOrigin(source: BuiltInSource): Origin {
  const { manifest, provides, idleMs, url } = source;
  const make = () => Promise.resolve(new WorkerCell({ ...common(source), module: { url } }, source.onNotice));
  return { manifest, provides, make, idleMs };
}

function common({ manifest, permissions, env: variables }: WorkerSource) {
  return { plugin: manifest.name, permissions: { ...DENIED, ...permissions }, variables };
}

/** What is not said is not granted: Deno would take it for everything that loom itself may do. */
const DENIED: Deno.PermissionOptionsObject = {
  read: false,
  write: false,
  net: false,
  env: false,
  run: false,
  ffi: false,
  sys: false,
  import: false,
};

async function textOf(module: string | (() => Promise<string>)): Promise<string> {
  return typeof module === "string" ? await Deno.readTextFile(module) : await module();
}

async function digestOf(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

function changed(plugin: string): LoomError {
  return new LoomError("plugin-changed", `Plugin ${plugin} is not what was added: its file has changed`, {
    hint: "'loom plugin verify' shows it; add it again if you changed it yourself",
    data: { plugin },
  });
}
