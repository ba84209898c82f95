import { isLoomError, type Problem } from "../../../core/errors.ts";

/** What is told of a file that somebody is about to write, or to mend. */
const FORESEEN: ReadonlySet<string> = new Set(["pipeline-invalid", "config-not-found", "config-no-file"]);

/**
 * What a look at a pipeline finds, or why nobody can look at it: such a file is no mistake of who asks.
 *
 * @throws All that is wrong with anything else than the file.
 */
export async function lookedAt<T>(
  look: () => Promise<readonly T[]>,
): Promise<{ readonly found: readonly T[]; readonly problems: Problem[] }> {
  try {
    return { found: await look(), problems: [] };
  } catch (error) {
    if (!isLoomError(error) || !FORESEEN.has(error.code)) throw error;
    const { code, message, hint, problems } = error;
    return { found: [], problems: problems.length > 0 ? [...problems] : [{ level: "error", code, message, hint }] };
  }
}
