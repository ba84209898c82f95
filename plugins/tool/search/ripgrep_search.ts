import type { CommandOutcome, Json, Tool, ToolContext, ToolResult } from "../../../core/ports/tool.ts";
import { failed } from "./result.ts";
import { scan } from "./scan.ts";
import { expressionOf, told } from "./search_files.ts";

const MAX_MATCHES = 200;

const TIMEOUT_MS = 25_000;

const MAX_COLUMNS = 500;

type Args = { readonly [key: string]: Json };

/** `ripgrep_search`. */
export const ripgrepSearch: Tool = {
  info: {
    name: "ripgrep_search",
    description:
      "Search text files of the workspace with ripgrep, which is quick and leaves out what git ignores. Where it cannot be had, loom searches itself.",
    parameters: {
      type: "object",
      properties: {
        pattern: { type: "string", minLength: 1, maxLength: 1000, description: "A regular expression" },
        path: { type: "string", description: "The folder or file to look in; the workspace itself unless given" },
        glob: { type: "string", maxLength: 1000, description: "Only files that fit this, such as *.ts" },
        type: { type: "string", pattern: "^[a-z0-9]+$", description: "Only files of this kind, such as py or ts" },
        context: { type: "integer", minimum: 0, maximum: 20, description: "Lines to show around each" },
        case_insensitive: { type: "boolean" },
        files_only: { type: "boolean", description: "Only names of files" },
        max_matches: { type: "integer", minimum: 1, maximum: 2000, default: MAX_MATCHES },
      },
      required: ["pattern"],
      additionalProperties: false,
    },
    // It starts a program, in the sandbox; the program writes nowhere.
    tier: "workspace-write",
    is_mutating: false,
  },
  run: search,
};

async function search(args: Args, context: ToolContext): Promise<ToolResult> {
  const path = String(args.path ?? ".");
  if (await context.workspace.stat(path) === undefined) {
    return failed(`Cannot search ${path}: there is no such file or folder`);
  }
  try {
    return toldOf(await context.run({ argv: ripgrepArgv(args, path), timeoutMs: TIMEOUT_MS }), args);
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? "";
    if (!["program-not-found", "program-not-executable", "sandbox-unavailable"].includes(code)) throw error;
    return await searchHere(args, path, context);
  }
}

/** Settings of ripgrep's own are not read; patterns and paths are never taken for options. */
function ripgrepArgv(args: Args, path: string): readonly string[] {
  const options = [
    ...["--no-config", "--color=never", "--no-messages", "--sort=path", "--max-columns", String(MAX_COLUMNS)],
    ...(args.files_only ? ["--files-with-matches"] : ["--line-number", "--with-filename", "--no-heading"]),
    ...(args.case_insensitive ? ["--ignore-case"] : []),
    ...(args.context === undefined || args.files_only ? [] : ["--context", String(args.context)]),
    ...(args.type === undefined ? [] : ["--type", String(args.type)]),
    ...(args.glob === undefined ? [] : [`--glob=${args.glob}`]),
  ];
  return ["rg", ...options, `--regexp=${args.pattern}`, "--", path];
}

/** 1 is its way to say that there is nothing. */
function toldOf({ exitCode, stdout, stderr, timedOut }: CommandOutcome, args: Args): ToolResult {
  if (timedOut) return failed("The search took too long; narrow it");
  if (exitCode !== 0 && exitCode !== 1) return failed(`The search failed: ${stderr.trim() || `exit code ${exitCode}`}`);
  const all = stdout.split("\n").filter((line) => line !== "").map((line) => line.replace(/^\.\//, ""));
  const most = Number(args.max_matches ?? MAX_MATCHES);
  const isHit = (line: string) => args.files_only === true || /^.*?:\d+:/.test(line);
  let matches = 0;
  const kept = all.filter((line) => !isHit(line) ? matches < most : ++matches <= most);
  const lines = kept.map((line) => line.replace(/^(.*?[:-]\d+[:-])/, "$1 "));
  const found = { lines, matches: Math.min(matches, most), files: filesIn(lines, args), cut: matches > most };
  return told(found, { engine: "ripgrep" });
}

function filesIn(lines: readonly string[], args: Args): number {
  return args.files_only ? lines.length : new Set(lines.flatMap((line) => /^(.*?):\d+:/.exec(line)?.[1] ?? [])).size;
}

async function searchHere(args: Args, path: string, context: ToolContext): Promise<ToolResult> {
  const pattern = expressionOf(String(args.pattern), args.case_insensitive ? "i" : "");
  if (typeof pattern === "string") return failed(pattern);
  const files = args.glob ?? (args.type === undefined ? undefined : `*.${args.type}`);
  const query = {
    pattern,
    path,
    files: files === undefined ? undefined : String(files),
    filesOnly: args.files_only === true,
    context: typeof args.context === "number" ? args.context : undefined,
    maxMatches: Number(args.max_matches ?? MAX_MATCHES),
  };
  return told(await scan(query, context), { engine: "built-in" });
}
