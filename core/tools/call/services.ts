/**
 * What a tool that runs elsewhere may ask for while it works.
 *
 * @module
 */

import { isLoomError } from "../../errors.ts";
import type { LoadedPlugin } from "../../ports/plugin.ts";
import type { CommandWish, ToolContext, ToolResult } from "../../ports/tool.ts";
import type { WriteOptions } from "../../ports/workspace.ts";
import type { Arguments } from "../base/types.ts";

/** Calls a tool of a loaded plugin. What it asks for is answered by the context it would have here. */
export async function callLoaded(
  plugin: LoadedPlugin,
  { name, args, context }: { readonly name: string; readonly args: Arguments; readonly context: ToolContext },
): Promise<ToolResult> {
  const failures: unknown[] = [];
  const { surface, workspace, signal } = context;
  const services = servicesOf(context, failures);
  const given = {
    surface,
    workspace: { root: workspace.root, ...marks(services, "workspace.") },
    ...marks(services, ""),
  };
  const call = { port: "tool", name, method: "run", args: [args, given] } as const;
  try {
    return await plugin.call(call, { signal, services }) as ToolResult;
  } catch (error) {
    throw failures.find((failure) => isSame(failure, error)) ?? error;
  }
}

/** A plugin that passes on what it was refused says it in the words it heard; they were better here. */
function isSame(failure: unknown, told: unknown): boolean {
  return isLoomError(failure) && isLoomError(told) && told.data.code === failure.code &&
    told.message.endsWith(failure.message);
}

/** Stand for functions where they arrive: plugins in all languages find them where they are in a `ToolContext`. */
function marks(services: Services, above: string): Readonly<Record<string, { readonly $callback: string }>> {
  const inside = Object.keys(services).filter((name) =>
    name.startsWith(above) && !name.slice(above.length).includes(".")
  );
  return Object.fromEntries(inside.map((name) => [name.slice(above.length), { $callback: name }]));
}

type Services = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A stranger asks: nothing is taken for what it should be. */
function servicesOf({ workspace, run, progress }: ToolContext, failures: unknown[]): Services {
  const services: Record<string, (...args: readonly unknown[]) => unknown> = {
    "workspace.readFile": (path, options) => workspace.readFile(text(path), readOptions(options)),
    "workspace.writeFile": (path, content, options) =>
      workspace.writeFile(text(path), bytes(content), writeOptions(options)),
    "workspace.remove": (path) => workspace.remove(text(path)),
    "workspace.move": (from, to) => workspace.move(text(from), text(to)),
    "workspace.stat": (path) => workspace.stat(text(path)),
    "workspace.list": (path) => workspace.list(text(path)),
    "run": (wish) => run(commandWish(wish)),
    "progress": (words) => progress(text(words).slice(0, MAX_PROGRESS)),
  };
  const remembering = Object.entries(services).map(([name, serve]) => [name, async (...args: readonly unknown[]) => {
    try {
      return await serve(...args);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  }]);
  return Object.fromEntries(remembering) as Services;
}

const MAX_PROGRESS = 1000;

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError("A text is needed here");
}

function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError("Bytes are needed here");
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}

function readOptions(value: unknown): { readonly maxBytes?: number } {
  const { maxBytes } = members(value);
  return typeof maxBytes === "number" && maxBytes >= 0 ? { maxBytes } : {};
}

function writeOptions(value: unknown): WriteOptions {
  const { expect, mode } = members(value);
  return { ...(typeof expect === "string" && { expect }), ...(typeof mode === "number" && { mode: mode & 0o777 }) };
}

function commandWish(value: unknown): CommandWish {
  const { argv, cwd, timeoutMs } = members(value);
  if (!Array.isArray(argv)) throw new TypeError("A list of words is needed here");
  return {
    argv: argv.map(text),
    ...(typeof cwd === "string" && { cwd }),
    ...(typeof timeoutMs === "number" && timeoutMs > 0 && { timeoutMs }),
  };
}
