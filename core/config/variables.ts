/**
 * Variables of the environment that are no settings of files: switches, places, and secrets.
 *
 * @module
 */

/** What a variable holds. Of secrets only whether they are set is ever told. */
export type VariableKind = "switch" | "text" | "secret";

/** One variable. */
export interface VariableInfo {
  readonly kind: VariableKind;
  readonly brief: string;
  /** Whether it says where secrets go: in a `.env` that came with a project it is pointed out. */
  readonly sensitive?: boolean;
}

/** All of them by name. */
export const VARIABLES: Readonly<Record<string, VariableInfo>> = {
  LOOM_HOME: { kind: "text", brief: "Folder of the user's state, by default ~/.loom" },
  LOOM_NO_UI: { kind: "switch", brief: "No interactive views" },
  LOOM_PROXY_DEFAULT: { kind: "switch", brief: "Models that nobody chose go through loom's gateway" },
  LOOM_TELEMETRY: { kind: "switch", brief: "Capture events" },
  LOOM_LOG_CONTENT: { kind: "switch", brief: "Keep contents in what is captured" },
  LOOM_TELEMETRY_OTEL_OPS: { kind: "switch", brief: "Mirror operations to OpenTelemetry" },
  LOOM_DEPLOY_TARGET: { kind: "text", brief: "Where deploy puts a model" },
  LOOM_DEPLOY_DIR: { kind: "text", brief: "Folder of deployed models" },
  LOOM_COLLAB_OUTBOX: { kind: "text", brief: "Folder of messages to send" },
  LOOM_NEMO_IMAGE: { kind: "text", brief: "Container image of NeMo" },
  ANTHROPIC_BASE_URL: { kind: "text", brief: "Endpoint of anthropic-api", sensitive: true },
  // Whoever knows the address of a webhook can post to it.
  LOOM_COLLAB_WEBHOOK: { kind: "secret", brief: "Address that messages are posted to" },
  LOOM_API_KEY: { kind: "secret", brief: "Key for loom's gateway" },
  LOOM_API_KEYS: { kind: "secret", brief: "Keys that loom's gateway accepts" },
  ANTHROPIC_API_KEY: { kind: "secret", brief: "Key of anthropic-api" },
  OPENAI_API_KEY: { kind: "secret", brief: "Key of openai-api and openai-compat" },
  OPENROUTER_API_KEY: { kind: "secret", brief: "Key of openrouter" },
  NVIDIA_API_KEY: { kind: "secret", brief: "Key of nim" },
};

/** Variables that loom reads for itself and that need no explaining among settings. */
export const OTHER_KNOWN: readonly string[] = ["LOOM_DEBUG", "LOOM_SOURCE", "LOOM_DELEGATE_TIMEOUT_SECONDS"];

/** What a model provider needs: a secret by its variable, or a program that has logged in. */
export interface ProviderNeed {
  readonly variable?: string;
  readonly program?: string;
}

/** By name of the provider. */
export const PROVIDER_NEEDS: Readonly<Record<string, ProviderNeed>> = {
  "anthropic-api": { variable: "ANTHROPIC_API_KEY" },
  "openai-api": { variable: "OPENAI_API_KEY" },
  "openrouter": { variable: "OPENROUTER_API_KEY" },
  "nim": { variable: "NVIDIA_API_KEY" },
  "openai-compat": { variable: "OPENAI_API_KEY" },
  "claude-subscription": { program: "claude" },
  "codex-subscription": { program: "codex" },
  "loom-proxy": { variable: "LOOM_API_KEY" },
};

/** The secrets that loom itself reads. */
export const SECRET_NAMES: readonly string[] = Object.keys(VARIABLES).filter((name) =>
  VARIABLES[name].kind === "secret"
);
