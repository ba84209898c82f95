/**
 * Every setting there is: its name in files, its variable, its option, its kind, its default. What reads settings, what
 * explains them and what describes them to editors is made from this table.
 *
 * @module
 */

import { amount, count, duration, type Kind, list, path, program, share, size, text, url } from "./kinds.ts";

/** One setting. */
export interface KeyInfo<T = unknown> {
  readonly kind: Kind<T>;
  /** Variable of the environment that sets it. */
  readonly env?: string;
  /** Option that sets it, on the verbs that need it. */
  readonly flag?: string;
  /** `null` where there is none. */
  readonly fallback: T | null;
  /** For people, and for editors. */
  readonly brief: string;
  /** Whether it says where secrets go, or what is run: from a file that came with a project it is pointed out. */
  readonly sensitive?: boolean;
}

/** A setting that is always there. */
function given<T>(kind: Kind<T>, fallback: T, info: Omit<KeyInfo, "kind" | "fallback">) {
  return { kind, fallback, ...info } as KeyInfo<T> & { readonly fallback: T };
}

/** A setting that may be absent. */
function optional<T>(kind: Kind<T>, info: Omit<KeyInfo, "kind" | "fallback">) {
  return { kind, fallback: null, ...info } as KeyInfo<T> & { readonly fallback: null };
}

/** All settings by name. A dot stands for a map in a map. */
export const KEYS = {
  "search_provider": given(text(), "aide", {
    env: "LOOM_SEARCH_PROVIDER",
    flag: "--search",
    brief: "Which search looks for solutions",
  }),
  "mlops_provider": given(text(), "local", {
    env: "LOOM_MLOPS_PROVIDER",
    flag: "--mlops",
    brief: "What executes candidates and flows",
  }),
  "model_builder_provider": given(text(), "nemo", {
    env: "LOOM_MODEL_BUILDER_PROVIDER",
    flag: "--model-builder",
    brief: "What builds models from sequences",
  }),
  "code_provider": given(text(), "anthropic-api", {
    env: "LOOM_CODE_PROVIDER",
    flag: "--code-provider",
    brief: "Which model provider writes code",
  }),
  "feedback_provider": given(text(), "anthropic-api", {
    env: "LOOM_FEEDBACK_PROVIDER",
    flag: "--feedback-provider",
    brief: "Which model provider judges",
  }),
  "code_model": given(text(), "claude-sonnet-4-5", {
    env: "LOOM_CODE_MODEL",
    flag: "--code-model",
    brief: "The model that writes code",
  }),
  "feedback_model": given(text(), "claude-sonnet-4-5", {
    env: "LOOM_FEEDBACK_MODEL",
    flag: "--feedback-model",
    brief: "The model that judges",
  }),
  "budget.steps": given(count(1), 10, {
    env: "LOOM_BUDGET_STEPS",
    flag: "--steps",
    brief: "Steps of a search",
  }),
  "budget.num_drafts": given(count(1), 3, {
    env: "LOOM_BUDGET_NUM_DRAFTS",
    flag: "--drafts",
    brief: "First drafts before anything is improved",
  }),
  "budget.debug_prob": given(share(), 0.5, {
    env: "LOOM_BUDGET_DEBUG_PROB",
    brief: "How often a step mends a broken candidate instead of improving a good one",
  }),
  "budget.max_debug_depth": given(count(0), 3, {
    env: "LOOM_BUDGET_MAX_DEBUG_DEPTH",
    brief: "Attempts in a row to mend one candidate",
  }),
  "budget.max_usd": optional(amount(), {
    env: "LOOM_BUDGET_MAX_USD",
    flag: "--max-usd",
    brief: "What may be spent, USD",
  }),
  "budget.max_tokens": optional(count(1), {
    env: "LOOM_BUDGET_MAX_TOKENS",
    flag: "--max-tokens",
    brief: "Tokens that may be used",
  }),
  "budget.max_minutes": optional(amount(), {
    env: "LOOM_BUDGET_MAX_MINUTES",
    flag: "--max-minutes",
    brief: "Wall time that may pass, minutes",
  }),
  "metaflow_profile": optional(text(), {
    env: "METAFLOW_PROFILE",
    flag: "--profile",
    brief: "Metaflow's profile, instead of its own choice",
  }),
  "nim_base_url": optional(url(), {
    env: "OPENAI_BASE_URL",
    brief: "Endpoint of nim and of OpenAI-compatible services",
    sensitive: true,
  }),
  "model_base_url": optional(url(), {
    env: "LOOM_MODEL_BASE_URL",
    brief: "Endpoint of the provider openai-compat",
    sensitive: true,
  }),
  "loom_api_base": given(url(), "http://127.0.0.1:8088", {
    env: "LOOM_API_BASE",
    brief: "Address of loom's own gateway",
    sensitive: true,
  }),
  "proxy_log_path": given(path(), "learnings/proxy_calls.jsonl", {
    env: "LOOM_PROXY_LOG_PATH",
    brief: "Where the gateway logs calls",
  }),
  "gpu_target": optional(text(), {
    env: "LOOM_GPU_TARGET",
    flag: "--gpu-target",
    brief: "Where GPU work is launched, such as modal://app",
  }),
  "model_builder_base_url": optional(url(), {
    env: "LOOM_MODEL_BUILDER_BASE_URL",
    brief: "Endpoint of the model builder",
    sensitive: true,
  }),
  "corpus_path": given(path(), "corpus/nodes.jsonl", {
    env: "LOOM_CORPUS_PATH",
    brief: "Where nodes of searches are collected",
  }),
  "learnings_path": given(path(), "learnings/rollouts.jsonl", {
    env: "LOOM_LEARNINGS_PATH",
    brief: "Where rollouts are collected",
  }),
  "telemetry_path": given(path(), "telemetry/events.jsonl", {
    env: "LOOM_TELEMETRY_PATH",
    brief: "Where events are captured, if they are",
  }),
  "trajectories_path": given(path(), "telemetry/trajectories.jsonl", {
    env: "LOOM_TRAJECTORIES_PATH",
    brief: "Where trajectories are captured, if they are",
  }),
  "tenant": given(text(), "default", { env: "LOOM_TENANT", brief: "Whose work this is" }),
  "owned_by": given(text(), "general", {
    env: "LOOM_OWNED_BY",
    brief: "Who owns what is collected; only general may be shared among tenants",
  }),
  "python": optional(program(), {
    env: "LOOM_PYTHON",
    flag: "--python",
    brief: "The Python that runs scripts, instead of the one that is found",
    sensitive: true,
  }),
  "store": given(path(), ".loom", { env: "LOOM_STORE", flag: "--store", brief: "Folder of the project's state" }),
  "plugins": given(list(), [] as readonly string[], {
    brief: "Plugins to load: files, or npm: and jsr: names",
    sensitive: true,
  }),
  "sandbox.wall": optional(duration(), {
    env: "LOOM_SANDBOX_WALL",
    brief: "Wall time of a program in the sandbox",
  }),
  "sandbox.cpu": optional(duration(), {
    env: "LOOM_SANDBOX_CPU",
    brief: "Processor time of each process in the sandbox",
  }),
  "sandbox.memory": optional(size(), {
    env: "LOOM_SANDBOX_MEMORY",
    brief: "Address space of each process in the sandbox",
  }),
  "sandbox.processes": optional(count(1), {
    env: "LOOM_SANDBOX_PROCESSES",
    brief: "Processes and threads at a time in the sandbox",
  }),
  "sandbox.file_size": optional(size(), {
    env: "LOOM_SANDBOX_FILE_SIZE",
    brief: "Longest file that a program in the sandbox may write",
  }),
} as const;

/** Name of a setting. */
export type ConfigKey = keyof typeof KEYS;

/** What a setting holds. */
export type ConfigValue<K extends ConfigKey = ConfigKey> = (typeof KEYS)[K] extends {
  readonly kind: Kind<infer T>;
  readonly fallback: infer F;
} ? F extends null ? T | null : T
  : never;

/** All names, in the order of the table. */
export const CONFIG_KEYS = Object.keys(KEYS) as ConfigKey[];

/** Maps that hold settings: `budget`, `sandbox`. */
export const GROUPS: readonly string[] = [
  ...new Set(CONFIG_KEYS.filter((key) => key.includes(".")).map((key) => key.split(".")[0])),
];

/** Whether there is such a setting. */
export function isConfigKey(name: string): name is ConfigKey {
  return Object.hasOwn(KEYS, name);
}

/** The setting as the table has it. */
export function keyInfo(key: ConfigKey): KeyInfo {
  return KEYS[key] as KeyInfo;
}

/** Whether a verb of this release reads it; the others have their names, so that files of settings need not change later. */
export function isInUse(key: ConfigKey): boolean {
  return key === "python" || key.startsWith("sandbox.");
}
