/**
 * One call of a tool, from the wish to what came of it.
 *
 * @module
 */

import { isLoomError } from "../../errors.ts";
import { auditEntry, authorize, type Authorized, type Gate, type Wish } from "../../gate/mod.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Surface, ToolContext, ToolResult } from "../../ports/tool.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { assess } from "../assess/mod.ts";
import { missingVariables, toolTimeout, wrongSurface } from "../base/errors.ts";
import type { KnownTool, ToolRegistry } from "../base/registry.ts";
import type { Arguments, Place } from "../base/types.ts";
import { checkArguments } from "./arguments.ts";
import { policyOf, refusedPolicy, withoutSandbox } from "./policy.ts";
import { type Launch, runProgram } from "./programs.ts";
import { scopedWorkspace } from "./scoped_workspace.ts";

/** What is wished for. */
export interface ToolCall {
  readonly name: string;
  readonly args: unknown;
  readonly surface: Surface;
  readonly signal?: AbortSignal;
}

/** What calls are made with. */
export interface ToolDeps {
  readonly registry: ToolRegistry;
  readonly gate: Gate;
  readonly clock: Clock;
  /** Whose changes are recorded under the call's task. */
  readonly workspace: Workspace;
  readonly place: Place;
  readonly launch: Launch;
  /** A person typed `--no-sandbox`: programs have that person's rights. */
  readonly unconfined?: boolean;
  readonly env: Readonly<Record<string, string>>;
  /** Hears how far a tool is. */
  readonly progress?: (text: string) => void;
}

const TIMEOUT_SECONDS = 30;

const SURFACES: readonly Surface[] = ["tui", "api", "cli"];

/** Results are never long enough to fill a memory: what a tool says beyond that is cut. */
const MAX_OUTPUT = 4_000_000;

/**
 * Calls a tool: its arguments checked, its effects worked out and decided about, its time limited. Whatever goes wrong is
 * a result that says so; only a broken promise of loom's own is thrown.
 */
export async function callTool(call: ToolCall, deps: ToolDeps): Promise<ToolResult> {
  try {
    return await checkedCall(call, deps);
  } catch (error) {
    if (call.signal?.aborted) throw error;
    return failure(error);
  }
}

async function checkedCall(call: ToolCall, deps: ToolDeps): Promise<ToolResult> {
  const tool = deps.registry.find(call.name);
  const surfaces = tool.info.supported_execution_surfaces ?? SURFACES;
  if (!surfaces.includes(call.surface)) throw wrongSurface(call.name, call.surface, surfaces);
  const missing = (tool.info.auth_requirements ?? []).filter((name) => (deps.env[name] ?? "") === "");
  if (missing.length > 0) throw missingVariables(call.name, missing);
  const args = await checkArguments(tool.info, call.args);
  const leave = await authorize(await wishOf(tool, args, deps), deps.gate);
  return await perform({ tool, args, leave, call }, deps);
}

/** What the call would touch. One that nobody is even asked about, such as a path outside, is written down too. */
async function wishOf(tool: KnownTool, args: Arguments, deps: ToolDeps): Promise<Wish> {
  const { place, gate, clock } = deps;
  const { name } = tool.info;
  try {
    const known = tool.builtIn ? await assess(name, args, deps.workspace) : {};
    const confined = policyOf(tool, args, place, known);
    const policy = deps.unconfined ? withoutSandbox(confined, gate.origin) : confined;
    const paths = [...policy.write, ...namedPaths(args, place)];
    const touched = { tool: name, paths, commands: known.commands, hosts: policy.hosts };
    return { policy, arguments: { tool: name, args }, touched };
  } catch (error) {
    const policy = refusedPolicy(tool, args);
    const entry = { event: "blocked", decision: "deny", reason: reasonOf(error), origin: gate.origin, policy } as const;
    gate.audit.append(auditEntry(entry), clock.now());
    throw error;
  }
}

/** What the arguments name to be read; rules are asked about it before a person is. */
function namedPaths({ path }: Arguments, place: Place): readonly string[] {
  return typeof path === "string" ? [place.locate(path)] : [];
}

interface Leave {
  readonly tool: KnownTool;
  readonly args: Arguments;
  readonly leave: Authorized;
  readonly call: ToolCall;
}

/** Does it, and writes down how it went. */
async function perform(request: Leave, deps: ToolDeps): Promise<ToolResult> {
  const { leave } = request;
  try {
    const result = checkedResult(await limited(request, deps));
    if (result.success) leave.done({ files: result.files_changed.length });
    else leave.failed(firstLine(result.error ?? result.output));
    return result;
  } catch (error) {
    const reason = reasonOf(error);
    if (isLoomError(error) && BLOCKED.has(error.code)) leave.blocked(reason);
    else leave.failed(reason);
    throw error;
  }
}

/** What was tried and stopped, as against what went wrong. */
const BLOCKED: ReadonlySet<string> = new Set([
  "not-granted",
  "denied-by-rule",
  "outside-workspace",
  "protected-path",
  "special-file",
  "program-not-allowed",
]);

/** Ends when the tool does, when its time is over, or when nobody wants it any more. */
async function limited({ tool, args, leave, call }: Leave, deps: ToolDeps): Promise<ToolResult> {
  const seconds = tool.info.timeout_seconds ?? TIMEOUT_SECONDS;
  const over = new AbortController();
  const signals = call.signal === undefined ? [over.signal] : [over.signal, call.signal];
  const signal = AbortSignal.any(signals);
  const settled = new AbortController();
  const timer = deps.clock.sleep(seconds * 1000, settled.signal).then(() => {
    over.abort(toolTimeout(call.name, seconds));
  }, () => {
    // The tool was quicker.
  });
  try {
    const context = contextOf({ tool, leave, call, signal }, deps);
    return await Promise.race([tool.run(args, context, leave.policy), aborted(signal)]);
  } finally {
    settled.abort();
    await timer;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return promise;
}

function contextOf(
  { tool, leave, call, signal }: Omit<Leave, "args"> & { readonly signal: AbortSignal },
  { workspace, place, launch, progress, gate }: ToolDeps,
): ToolContext {
  const { policy } = leave;
  const name = tool.info.name;
  return {
    signal,
    surface: call.surface,
    workspace: scopedWorkspace(workspace, { tool: name, policy, place, rules: gate.rules }),
    run: (wish) => {
      const onBlocked = (what: string) => leave.blocked(what);
      return runProgram(wish, { tool: name, policy, place, launch, signal, onBlocked });
    },
    progress: (text) => progress?.(text),
  };
}

/** A plugin's result is what a stranger says: it is taken apart and put together again. */
function checkedResult(result: ToolResult): ToolResult {
  const { success, output, data, files_changed, content_blocks, error } = result;
  const text = String(output ?? "");
  return {
    success: success === true,
    output: text.length > MAX_OUTPUT
      ? `${text.slice(0, MAX_OUTPUT)}\n… ${text.length - MAX_OUTPUT} more characters`
      : text,
    files_changed: Array.isArray(files_changed) ? files_changed.map(String) : [],
    ...(data !== undefined && { data }),
    ...(Array.isArray(content_blocks) && { content_blocks }),
    ...(error !== undefined && { error: String(error) }),
  };
}

/** What was thrown, as a result. */
function failure(error: unknown): ToolResult {
  const message = error instanceof Error ? error.message : String(error);
  const hint = isLoomError(error) ? error.hint : undefined;
  const code = isLoomError(error) ? error.code : "tool-failed";
  return {
    success: false,
    output: hint === undefined ? message : `${message}\n${hint}`,
    error: message,
    files_changed: [],
    data: { code, ...(hint !== undefined && { hint }) },
  };
}

function reasonOf(error: unknown): string {
  return firstLine(error instanceof Error ? error.message : String(error));
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0].slice(0, 500);
}
