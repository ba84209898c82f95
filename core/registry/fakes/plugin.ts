/**
 * A plugin that was loaded into nothing: it runs where it is called, and still sees only copies.
 *
 * @module
 */

import { interrupted, LoomError } from "../../errors.ts";
import type { LoadedPlugin, Plugin, PluginCall, PluginCallOptions, PortName } from "../../ports/plugin.ts";
import type { Services } from "../base/wire.ts";
import { unpackArguments } from "../base/wire.ts";

/**
 * A plugin as if it had been loaded. What crosses is copied, as it is between workers; marks become functions and
 * signals again.
 */
export function memoryPlugin(plugin: Plugin): LoadedPlugin {
  const { provides, ...manifest } = plugin;
  const names = Object.entries(provides).map(([port, its]) => [port, Object.keys(its)]);
  return {
    manifest,
    provides: Object.fromEntries(names),
    call: (call, options = {}) => answer(plugin, call, options),
    close: () => Promise.resolve(),
  };
}

async function answer(plugin: Plugin, call: PluginCall, options: PluginCallOptions): Promise<unknown> {
  const member = memberOf(plugin, call);
  if (typeof member !== "function") return structuredClone(member);
  const { services = {}, signal = new AbortController().signal } = options;
  const args = unpackArguments(structuredClone(call.args), { services: copying(services), signal });
  try {
    return structuredClone(await member(...args));
  } catch (error) {
    throw signal.aborted ? interrupted(`Plugin ${plugin.name} was told to stop`) : failed(plugin.name, error);
  }
}

/** Of an error only what a message can hold arrives. */
function failed(plugin: string, error: unknown): LoomError {
  const { name, message, code } = error as { readonly name: string; readonly message: string; readonly code?: string };
  const data = { plugin, error: name, ...(code !== undefined && { code }) };
  return new LoomError("plugin-failed", `Plugin ${plugin} failed: ${message}`, { data, cause: new Error(message) });
}

/** Properties of a provider are asked for like methods without arguments. */
function memberOf(plugin: Plugin, { port, name, method }: PluginCall): unknown {
  const provider = plugin.provides[port as PortName]?.[name] as Record<string, unknown> | undefined;
  const member = provider?.[method];
  if (member === undefined) {
    throw new LoomError("plugin-broke-contract", `Plugin ${plugin.name} has no ${method}() for ${port} '${name}'`);
  }
  return typeof member === "function" ? member.bind(provider) : member;
}

function copying(services: Services): Services {
  const around = (service: Services[string]) => async (...args: never[]) => {
    const answer = await service(...args.map((it) => structuredClone(crossing(it))) as never[]);
    return structuredClone(answer);
  };
  return Object.fromEntries(Object.entries(services).map(([place, service]) => [place, around(service)]));
}

/** What a plugin hands to a service: its signal as a mark, and no function. */
function crossing(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined && typeof member !== "function");
  return Object.fromEntries(
    members.map(([key, member]) => [key, member instanceof AbortSignal ? { $signal: true } : member]),
  );
}
