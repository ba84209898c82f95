/**
 * Plugins in workers, for those who keep plugins.
 *
 * @module
 */

import { isLoomError, LoomError } from "../../../../core/errors.ts";
import type { LoadedPlugin, PluginManifest } from "../../../../core/ports/plugin.ts";
import type { PluginClaims, PluginLoader } from "../../../../core/ports/plugin_store.ts";
import type { Sandboxes } from "../../../../core/ports/sandbox.ts";
import { loadPlugin, loadProcessPlugin, type PluginNotice } from "../runtime/mod.ts";

/** Hears what a plugin did that it should not have done. */
export type Witness = (plugin: PluginManifest, what: string) => void;

/** What loading needs of the machine. */
export interface LoaderOutside {
  /** Those that are granted variables get the values that these have now. */
  readonly env: Readonly<Record<string, string>>;
  readonly sandboxes: Pick<Sandboxes, "start">;
  readonly witness: Witness;
}

/** Loads plugins. */
export function hostLoader({ env, sandboxes, witness }: LoaderOutside): PluginLoader {
  const given = (names: readonly string[]) => names.filter((name) => Object.hasOwn(env, name));
  const valuesOf = (names: readonly string[]) => Object.fromEntries(given(names).map((name) => [name, env[name]]));
  const listener = (plugin: PluginManifest) => (notice: PluginNotice) => {
    if (notice.kind !== "said") witness(plugin, wordsOf(notice));
  };
  return {
    claims: claimsOf,
    load: ({ variables, ...start }) =>
      loadPlugin({ ...start, env: valuesOf(variables), onNotice: listener(start.manifest) }),
    loadProgram: ({ folder, policy, ...start }) =>
      loadProcessPlugin({
        ...start,
        sandboxes,
        cwd: folder,
        env: valuesOf(policy.variables),
        policy: { ...policy, variables: given(policy.variables) },
        onNotice: listener(start.manifest),
        onBlocked: (what) => witness(start.manifest, what),
      }),
  };
}

function wordsOf(notice: Exclude<PluginNotice, { kind: "said" }>): string {
  if (notice.kind === "ended") return notice.error.message;
  return `it spoke of ${notice.about} ${notice.id}, which is not going on`;
}

const ASKER = { name: "the-plugin", version: "0.0.0", api: 1, permissions: {} } as const;

/**
 * A plugin made of another one: what that says of itself is all that it provides. It lists names, and does not touch what
 * they stand for.
 */
const ASKING = `
const isRecord = (value) => typeof value === "object" && value !== null;
const { keys } = Object;
if (!isRecord(plugin)) throw new TypeError("its default export is no plugin");
const manifest = {};
for (const key of keys(plugin)) if (key !== "provides") manifest[key] = structuredClone(plugin[key]);
const namesOf = (port) => isRecord(plugin.provides[port]) ? keys(plugin.provides[port]) : undefined;
const ports = isRecord(plugin.provides) ? keys(plugin.provides).map((port) => [port, namesOf(port)]) : [];
export default { ...${JSON.stringify(ASKER)}, provides: { tool: { claims: { said: { manifest, ports } } } } };
`;

async function claimsOf(code: string): Promise<PluginClaims> {
  const module = `import plugin from "data:text/javascript;base64,${encoded(code)}";\n${ASKING}`;
  const provides = { tool: ["claims"] };
  const asker = loadPlugin({
    module: () => Promise.resolve(module),
    manifest: ASKER,
    provides,
    permissions: {},
    env: {},
  });
  try {
    const { manifest, ports } = await ask(asker);
    return { manifest, provides: Object.fromEntries(ports) };
  } finally {
    await asker.close();
  }
}

interface Said {
  readonly manifest: unknown;
  readonly ports: readonly (readonly [string, unknown])[];
}

async function ask(asker: LoadedPlugin): Promise<Said> {
  try {
    const said = await asker.call({ port: "tool", name: "claims", method: "said", args: [] }) as Partial<Said> | null;
    // Whatever stands beside it can answer in its place: no more than the form is believed.
    const ports = Array.isArray(said?.ports) ? said.ports.filter((it) => Array.isArray(it) && it.length === 2) : [];
    return { manifest: said?.manifest, ports };
  } catch (error) {
    throw isLoomError(error) ? invalid(error) : error;
  }
}

function invalid(error: LoomError): LoomError {
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  return new LoomError("plugin-invalid", `Cannot use the plugin: ${reason}`, {
    hint: "its module may only say what it is; work is done when it is called",
    data: { reason, code: error.code },
    cause: error,
  });
}

function encoded(code: string): string {
  return new TextEncoder().encode(code).toBase64();
}
