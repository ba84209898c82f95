/** `loom.ts` of a new plugin: what its file has of loom, so that editors and `deno test` need nothing else. */
export const LOOM = `/**
 * What a plugin has of loom: a function that says what it is. When loom bundles the plugin, "@loom/loom" is loom's own;
 * this file is for editors and for \`deno test\`.
 */

/** What a plugin asks for; leave out what it does not need. */
export interface Permissions {
  /** "workspace", or a folder below it such as "workspace/data". */
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  /** Such as "api.example.org" or "example.org:8080". */
  readonly hosts?: readonly string[];
  /** Environment variables, by name. */
  readonly variables?: readonly string[];
  /** Programs that loom starts for it, in a sandbox. */
  readonly programs?: readonly string[];
}

/** What it is and offers: by port, then by name. */
export interface PluginShape {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly api: 1;
  readonly permissions: Permissions;
  readonly provides: Readonly<Partial<Record<"search" | "mlops" | "model-builder" | "model" | "tool", object>>>;
}

/** The default export of a plugin is made with this. */
export function definePlugin<P extends PluginShape>(plugin: P): P {
  return plugin;
}

/** What a tool can reach while it runs. */
export interface ToolContext {
  readonly signal: AbortSignal;
  /** Files of the workspace, as far as the plugin was granted them. Paths are relative to it. */
  readonly workspace: {
    readFile(path: string): Promise<Uint8Array>;
    writeFile(path: string, content: Uint8Array): Promise<void>;
    list(path: string): Promise<readonly { readonly path: string; readonly kind: string }[]>;
  };
  /** Starts a program in the sandbox, if the plugin was granted it. */
  run(wish: { readonly argv: readonly string[] }): Promise<{ readonly exitCode?: number; readonly stdout: string }>;
  /** Says how far it is. */
  progress(text: string): void;
}

/** What came of a call. A tool that fails says so here; it does not throw. */
export interface ToolResult {
  readonly success: boolean;
  readonly output: string;
  readonly files_changed: readonly string[];
  readonly error?: string;
}

/** One tool. */
export interface Tool {
  readonly info: {
    readonly name: string;
    readonly description: string;
    /** JSON Schema of its arguments. */
    readonly parameters: object;
    readonly tier: "read-only" | "workspace-write" | "expensive" | "irreversible";
    readonly is_mutating: boolean;
  };
  // deno-lint-ignore no-explicit-any -- loom has checked them against the schema above
  run(args: any, context: ToolContext): Promise<ToolResult>;
}
`;
