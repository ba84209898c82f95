import { isLoomError, type Problem } from "../../errors.ts";
import { type ReadFile, withIncludes } from "../../graph/include/merge.ts";
import { parsePipeline } from "../../graph/parse/mod.ts";
import type { Pipeline } from "../../graph/pipeline.ts";
import { readYaml } from "../../yaml/read.ts";
import { type FilesAndEnv, readConfig } from "./load.ts";

/** The pipeline with what it includes, everything noticed on the way, and the texts of those files. */
export function readIncludes(
  pipeline: Pipeline,
  { files, env }: FilesAndEnv,
): {
  readonly pipeline: Pipeline;
  readonly problems: readonly Problem[];
  /** Absolute path to text. */
  readonly included: ReadonlyMap<string, string>;
} {
  const included = new Map<string, string>();
  const read = (file: string): ReadFile => {
    try {
      const text = included.get(file) ?? readConfig(file, files);
      included.set(file, text);
      const { value, problems } = readYaml(text, file);
      const parsed = parsePipeline(value, file);
      return { pipeline: parsed.pipeline, problems: [...problems, ...parsed.problems] };
    } catch (error) {
      if (!isLoomError(error)) throw error;
      return unread(error);
    }
  };
  const realPath = (file: string) => files.realPath(file) ?? file;
  return { ...withIncludes(pipeline, { env, read, realPath }), included };
}

/** What is no YAML is told where it is; what is not there, where it is named. */
function unread(
  { message, hint, problems }: {
    readonly message: string;
    readonly hint?: string;
    readonly problems: readonly Problem[];
  },
): ReadFile {
  return problems.length > 0
    ? { problems }
    : { failure: { message: message.replace(/^Config file/, "Included file"), hint } };
}
