/**
 * Plugins as providers: whoever uses one does not see where it runs.
 *
 * @module
 */

import { interrupted, isLoomError, LoomError } from "../errors.ts";
import type { ModelBuilderProvider } from "../ports/model_builder.ts";
import type { LoadedPlugin, PortName, PortTypes } from "../ports/plugin.ts";
import type { CapabilityManifest, CapabilityName } from "../ports/values.ts";
import { requireSupported } from "./base/capability.ts";
import { CAPABILITY_NAMES } from "./base/enums.ts";
import { unknownProvider } from "./base/errors.ts";
import { faultText, type SchemaFault } from "./base/fault.ts";
import { type MethodSchema, PORT_SCHEMAS, SERVICE_SCHEMAS } from "./schemas.ts";
import { packArguments, type Services } from "./base/wire.ts";

/**
 * What a plugin provides, as a provider of the port. Arguments and answers are checked in both directions; functions in
 * arguments become services of the call, its signal that of the call.
 *
 * @example A tool of a plugin, used as any other
 * ```ts
 * import { memoryPlugin, providerOver } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const loaded = memoryPlugin({
 *   name: "greet",
 *   version: "1.0.0",
 *   api: 1,
 *   permissions: {},
 *   provides: {
 *     tool: {
 *       greet: {
 *         info: {
 *           name: "greet",
 *           description: "Greet somebody by name.",
 *           parameters: { type: "object", properties: { name: { type: "string" } } },
 *           tier: "read-only",
 *           is_mutating: false,
 *         },
 *         run: ({ name }) => Promise.resolve({ success: true, output: `Hello, ${name}!`, files_changed: [] }),
 *       },
 *     },
 *   },
 * });
 * const greet = await providerOver("tool", "greet", loaded);
 * equal((await greet.run({ name: "Ada" }, {} as never)).output, "Hello, Ada!");
 * ```
 *
 * @throws {LoomError} `unknown-provider` if the plugin does not provide it.
 */
export async function providerOver<P extends PortName>(
  port: P,
  name: string,
  plugin: LoadedPlugin,
): Promise<PortTypes[P]> {
  const names: readonly string[] = plugin.provides[port] ?? [];
  if (!names.includes(name)) throw unknownProvider(port, name, names);
  return await MAKERS[port](caller(port, name, plugin), name) as PortTypes[P];
}

/** Calls one method of one provider. */
// deno-lint-ignore no-explicit-any -- its answer was checked by the method's schema
type Call = (method: string, args: readonly unknown[]) => Promise<any>;

const MAKERS: { readonly [P in PortName]: (call: Call, name: string) => PortTypes[P] | Promise<PortTypes[P]> } = {
  search: (call, name) => ({ name, run: (...args) => call("run", args) }),
  mlops: (call, name) => ({
    name,
    capabilities: () => call("capabilities", []),
    setup: (...args) => call("setup", args),
    execute: (...args) => call("execute", args),
    runFlow: (...args) => call("runFlow", args),
    runs: (...args) => call("runs", args),
    teardown: () => call("teardown", []),
  }),
  model: (call, name) => ({
    name,
    resolve: (role) => call("resolve", [role]),
    preflight: (role) => call("preflight", [role]),
    complete: (...args) => call("complete", args),
  }),
  "model-builder": builderOver,
  tool: async (call) => ({ info: await call("info", []), run: (...args) => call("run", args) }),
};

/** What the manifest does not call supported is refused here, before the plugin hears of it. */
function builderOver(call: Call, name: string): ModelBuilderProvider {
  const manifest = (): Promise<CapabilityManifest> => call("manifest", []);
  const capability = (method: CapabilityName) => async (...args: unknown[]) => {
    requireSupported(await manifest(), method);
    return await call(method, args);
  };
  return { name, manifest, ...Object.fromEntries(CAPABILITY_NAMES.map((it) => [it, capability(it)])) };
}

function caller(port: PortName, name: string, plugin: LoadedPlugin): Call {
  return async (method, given) => {
    const what = `${port} provider '${name}' of plugin ${plugin.manifest.name}`;
    const schema = PORT_SCHEMAS[port][method];
    const { args, services, signal } = packArguments(trimmed(given));
    const checked = checkedArguments(schema, args, `${method}() of ${what}`);
    const around = checkedServices(services, { port, method, what, signal });
    const isLate = () => signal?.aborted && ENDS_WITH_ITS_SIGNAL.includes(port);
    if (isLate()) throw interrupted(`${what} was called off`);
    const call = { port, name, method, args: checked };
    const answer = await plugin.call(call, { services: around, signal }).catch((error) => {
      throw promised(port, error);
    });
    if (isLate()) throw interrupted(`${what} was called off`);
    const result = schema.result.safeParse(answer);
    if (result.success) return result.data ?? undefined;
    throw broke(`${what}: ${method}() gave what is no answer`, result.error);
  };
}

/** Ports whose calls are worth nothing once they are called off. A search gives what it has, a tool what it changed. */
const ENDS_WITH_ITS_SIGNAL: readonly PortName[] = ["mlops", "model", "model-builder"];

/** Errors that a port promises. A plugin cannot claim any other. */
const PROMISED: Readonly<Record<PortName, readonly string[]>> = {
  search: ["interrupted"],
  mlops: ["interrupted", "not-set-up", "file-not-found", "unknown-flow"],
  model: ["interrupted", "missing-key", "model-refused-tool", "model-failed", "bad-value"],
  "model-builder": ["interrupted", "unsupported", "unknown-ref", "bad-value"],
  tool: ["interrupted"],
};

/** A failure of a plugin that its port has a word for, in that word. */
function promised(port: PortName, error: unknown): unknown {
  if (!isLoomError(error) || error.code !== "plugin-failed") return error;
  const code = PROMISED[port].find((it) => it === error.data.code);
  if (code === undefined) return error;
  const message = error.cause instanceof Error ? error.cause.message : error.message;
  return new LoomError(code, message, { data: { plugin: error.data.plugin }, cause: error });
}

/** Optional arguments that were not given do not cross. */
function trimmed(args: readonly unknown[]): readonly unknown[] {
  const last = args.findLastIndex((it) => it !== undefined);
  return args.slice(0, last + 1);
}

function checkedArguments(schema: MethodSchema, args: readonly unknown[], what: string): readonly unknown[] {
  const checked = schema.args.safeParse(args);
  if (checked.success) return checked.data;
  throw new LoomError("bad-value", `Cannot call ${what}: ${faultText(checked.error)}`, { cause: checked.error });
}

interface ServiceSurroundings {
  readonly port: PortName;
  readonly method: string;
  readonly what: string;
  readonly signal?: AbortSignal;
}

/**
 * Services that are handed only what fits: what a plugin says is checked before it reaches anybody. Once the call is
 * called off they do nothing more, save for hearing what a search tells of its end.
 */
function checkedServices(services: Services, { port, method, what, signal }: ServiceSurroundings): Services {
  const schemas = SERVICE_SCHEMAS[port]?.[method] ?? {};
  const around = ([place, service]: [string, Services[string]]): [string, Services[string]] => {
    const schema = schemas[place];
    const isListener = port === "search" && place === EVENTS;
    return [place, async (...given: never[]) => {
      if (signal?.aborted && !isListener) throw interrupted(`${what} was called off`);
      if (schema === undefined) return await service(...given);
      const checked = schema.args.safeParse(trimmed(given));
      if (!checked.success) throw broke(`${what}: ${method}() asked loom for what is none`, checked.error);
      const isExecution = port === "search" && place === EXECUTE;
      const args = isExecution ? executionArguments(checked.data, signal) : checked.data;
      return await service(...args as never[]);
    }];
  };
  return Object.fromEntries(Object.entries(services).map(around));
}

/** Places of functions among the arguments of a search. */
const [EXECUTE, EVENTS] = ["1", "2"];

/** An execution that a plugin asks for ends with the call that it is part of. */
function executionArguments(args: readonly unknown[], signal: AbortSignal | undefined): readonly unknown[] {
  const [code, resetSession, context] = args;
  return [code, resetSession, { ...context as object, signal }];
}

function broke(message: string, cause: SchemaFault): LoomError {
  return new LoomError("plugin-broke-contract", `${message}: ${faultText(cause)}`, {
    hint: "loom plugin test shows what else it does not keep to",
    cause,
  });
}
