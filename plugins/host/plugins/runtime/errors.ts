import { LoomError } from "../../../../core/errors.ts";
import type { Described } from "./messages.ts";

/** The plugin said that it cannot do it. */
export function pluginFailed(plugin: string, error: Described): LoomError {
  const cause = new Error(shown(error.message), error.cause === undefined ? {} : { cause: shown(error.cause) });
  cause.name = shown(error.name);
  if (error.stack !== undefined) cause.stack = shown(error.stack);
  return new LoomError("plugin-failed", `Plugin ${plugin} failed: ${shown(error.message)}`, {
    data: { plugin, error: shown(error.name), ...(error.code !== undefined && { code: shown(error.code) }) },
    cause,
  });
}

/** It is no longer there, and nobody asked it to go. */
export function pluginCrashed(plugin: string, reason: string, hint?: string): LoomError {
  return new LoomError("plugin-crashed", `Plugin ${plugin} has ended: ${shown(reason)}`, {
    hint: hint ?? "the next call starts it again; if it ends again, tell its author",
    data: { plugin, reason: shown(reason) },
    retryable: true,
  });
}

/** It did not answer in time, or did not stop when told to. */
export function pluginTimeout(plugin: string, what: string, ms: number): LoomError {
  return new LoomError("plugin-timeout", `Plugin ${plugin} did not ${what} within ${ms} ms`, {
    data: { plugin, ms },
    retryable: true,
  });
}

/** It sent what no plugin may send. */
export function pluginBrokeContract(plugin: string, reason: string): LoomError {
  return new LoomError("plugin-broke-contract", `Plugin ${plugin} broke its contract: ${shown(reason)}`, {
    hint: "tell its author; 'loom plugin test' shows it",
    data: { plugin, reason: shown(reason) },
  });
}

/** It wants more of loom than there is for one plugin. */
export function pluginTooMuch(plugin: string, reason: string): LoomError {
  return new LoomError("plugin-too-much", `Plugin ${plugin} asks too much: ${shown(reason)}`, {
    data: { plugin, reason: shown(reason) },
  });
}

/** What a plugin wrote, without what a terminal would obey. */
export function shown(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "?");
}
