/**
 * Lets every hostile plugin try, and says what came of it. Run as a program it prints that as JSON.
 *
 * @module
 */

import { isLoomError } from "../../../core/errors.ts";
import type { LoadedPlugin, PluginManifest } from "../../../core/ports/plugin.ts";
import {
  closeAllPlugins,
  loadBuiltIn,
  loadPlugin,
  type PluginNotice,
} from "../../../plugins/host/plugins/runtime/mod.ts";
import { ATTEMPTS, attemptsModule, hostileModule, IMPORTS, type Misdeed, MISDEEDS, UNSEEN_IMPORTS } from "./hostile.ts";

/** What came of everything, by name. */
export interface Outcomes {
  readonly attempts: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
  readonly unseenImports: Readonly<Record<string, string>>;
  /** Code of the error, then what the next call brought. */
  readonly misdeeds: Readonly<Record<string, readonly [string, unknown]>>;
}

const manifest: PluginManifest = { name: "bad", version: "1.0.0", api: 1, permissions: {} };
const known = { manifest, provides: { tool: ["it"] }, permissions: {}, env: {} } as const;

/** A plugin of this text, with no right to anything. */
export function hostilePlugin(code: string, onNotice?: (notice: PluginNotice) => void): LoadedPlugin {
  return loadPlugin({ ...known, module: () => Promise.resolve(code), memoryBytes: 64 * 1024 * 1024, onNotice });
}

/** Calls one method of it. */
export function callIt(plugin: LoadedPlugin, method: string, args: readonly unknown[] = [], timeoutMs = 30_000) {
  return plugin.call({ port: "tool", name: "it", method, args }, { timeoutMs });
}

/** The value, or the code of the error. */
export async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    return isLoomError(error) ? error.code : String(error);
  }
}

/** Runs them all, a few at a time. */
export async function runHostilePlugins(): Promise<Outcomes> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const { port } = listener.addr as Deno.NetAddr;
    const attempts = await tryAttempts(port);
    const imports = await tryEach(IMPORTS, (text) => load(`${text}\n${hostileModule("run: () => 1")}`));
    const unseenImports = await tryEach(
      UNSEEN_IMPORTS,
      (text) => loadUnseen(hostileModule(`run: () => attempt(() => ${text})`)),
    );
    return { attempts, imports, unseenImports, misdeeds: await commitAll() };
  } finally {
    listener.close();
    await closeAllPlugins();
  }
}

async function tryAttempts(port: number): Promise<Record<string, string>> {
  const plugin = hostilePlugin(attemptsModule(port));
  const found: Record<string, string> = {};
  for (const [at, name] of Object.keys(ATTEMPTS).entries()) {
    found[name] = String(await outcomeOf(callIt(plugin, `a${at}`, [], 10_000)));
  }
  await plugin.close();
  return found;
}

async function tryEach(texts: Readonly<Record<string, string>>, run: (text: string) => Promise<unknown>) {
  const found: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) found[name] = String(await outcomeOf(run(text)));
  return found;
}

async function load(code: string): Promise<unknown> {
  return await callIt(hostilePlugin(code), "run");
}

/** By the door for loom's own, which looks nothing through. */
async function loadUnseen(code: string): Promise<unknown> {
  const plugin = loadBuiltIn({ ...known, url: `data:text/javascript,${encodeURIComponent(code)}` });
  const value = await callIt(plugin, "run");
  await plugin.close();
  return value;
}

async function commitAll() {
  const all = Object.entries(MISDEEDS);
  const found: Record<string, readonly [string, unknown]> = {};
  const beside = all.filter(([, it]) => !it.alone).map(async ([name, it]) => found[name] = await commit(it));
  await Promise.all(beside);
  for (const [name, misdeed] of all) if (misdeed.alone) found[name] = await commit(misdeed);
  return found;
}

async function commit({ body, rest, timeoutMs }: Misdeed): Promise<readonly [string, unknown]> {
  const methods = `run: async ({ id }) => { ${body} }, fine: () => "fine"`;
  const plugin = hostilePlugin(hostileModule(methods, rest));
  const id = 0;
  const code = String(await outcomeOf(callIt(plugin, "run", [{ id }], timeoutMs)));
  const next = await outcomeOf(callIt(plugin, "fine"));
  await plugin.close();
  return [code, next];
}

if (import.meta.main) console.log(`OUTCOMES ${JSON.stringify(await runHostilePlugins())}`);
