import type { Tool, ToolContext, ToolResult } from "../../../core/ports/tool.ts";
import { applyEdits, type Edit } from "./edit/apply.ts";
import { linesOf } from "./edit/line_ends.ts";
import { decodeText, encodeText, type TextFile } from "./edit/text_file.ts";
import { refusalText, successText } from "./edit_words.ts";
import { type Args, digestOf, done, failed } from "./result.ts";

const OLD = { type: "string", description: "Text to replace; must be there exactly once" } as const;
const NEW = { type: "string", description: "Text to put there" } as const;

/** `edit_file`. */
export const editFile: Tool = {
  info: {
    name: "edit_file",
    description:
      "Replace text in a file of the workspace: old_str by new_str, or several edits in order, all or none. Give enough lines in old_str that it is there only once; small slips in blanks, quotes and names are forgiven if only one place fits.",
    parameters: {
      type: "object",
      properties: {
        path: { type: "string", description: "The file, relative to the workspace" },
        old_str: OLD,
        new_str: NEW,
        edits: {
          type: "array",
          minItems: 1,
          description: "Several edits, in the place of old_str and new_str",
          items: {
            type: "object",
            properties: { old_str: OLD, new_str: NEW },
            required: ["old_str", "new_str"],
            additionalProperties: false,
          },
        },
        expected_hash: { type: "string", description: "SHA-256 that the file must have now" },
      },
      required: ["path"],
      additionalProperties: false,
    },
    tier: "workspace-write",
    is_mutating: true,
    mutation_target_arg_keys: ["path"],
  },
  run: edit,
};

async function edit(args: Args, context: ToolContext): Promise<ToolResult> {
  const path = String(args.path);
  const edits = editsOf(args);
  if (edits === undefined) return failed("Cannot edit: give either old_str and new_str, or edits");
  if (await context.workspace.stat(path) === undefined) return await create(path, edits, context);
  const bytes = await context.workspace.readFile(path);
  const hash = await digestOf(bytes);
  const { expected_hash: expected } = args;
  if (expected !== undefined && expected !== hash) {
    return failed(`Cannot edit ${path}: it is not as expected; its hash is ${hash}, read it again`, { data: { hash } });
  }
  const file = decodeText(bytes);
  if (file === undefined) return failed(`Cannot edit ${path}: it is no text file`);
  return await rewrite(context, { path, file, edits, hash });
}

function editsOf({ old_str, new_str, edits }: Args): readonly Edit[] | undefined {
  const single = typeof old_str === "string" && typeof new_str === "string";
  if (Array.isArray(edits)) {
    return old_str === undefined && new_str === undefined ? edits as unknown as Edit[] : undefined;
  }
  return single ? [{ old_str, new_str }] : undefined;
}

/** One edit of nothing makes a file. */
async function create(path: string, edits: readonly Edit[], { workspace }: ToolContext): Promise<ToolResult> {
  if (edits.length !== 1 || edits[0].old_str !== "") return failed(`Cannot edit ${path}: there is no such file`);
  const content = edits[0].new_str;
  await workspace.writeFile(path, new TextEncoder().encode(content), { expect: "absent" });
  return done(`Created ${path} (${linesOf(content).length} lines)`, { files_changed: [path] });
}

interface Job {
  readonly path: string;
  readonly file: TextFile;
  readonly edits: readonly Edit[];
  readonly hash: string;
}

async function rewrite({ workspace }: ToolContext, { path, file, edits, hash }: Job): Promise<ToolResult> {
  const outcome = applyEdits(file.text, edits);
  if (!outcome.ok) {
    return failed(refusalText(path, outcome.refused, edits.length), { data: { why: outcome.refused.why } });
  }
  const bytes = encodeText({ ...file, text: outcome.text });
  if (bytes === undefined) {
    return failed(`Cannot edit ${path}: the file is not in UTF-8, and the new text does not fit its encoding`);
  }
  await workspace.writeFile(path, bytes, { expect: hash });
  const output = successText(path, { before: file.text, after: outcome.text, applied: outcome.applied });
  const places = outcome.applied.map(({ level, line, score }) => ({ level, line, score: Number(score.toFixed(3)) }));
  return done(output, { files_changed: [path], data: { edits: places, hash: await digestOf(bytes) } });
}
