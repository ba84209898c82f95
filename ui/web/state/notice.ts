import type { Problem } from "../../../core/errors.ts";

/** What is wrong with a text, if that is what an error tells. */
export function problemsOf(error: unknown): readonly Problem[] | undefined {
  return (error as { readonly problems?: readonly Problem[] } | undefined)?.problems;
}

/** An error in words for people, with every reason that it has. */
export function noticeOf(error: unknown): string {
  const reasons = (problemsOf(error) ?? []).filter(({ level }) => level === "error").map(({ message }) => message);
  if (reasons.length > 0) return `Not done: ${reasons.join("; ")}`;
  if (!(error instanceof Error)) return String(error);
  // What to do about it is said where somebody knows it.
  const { hint } = error as { readonly hint?: string };
  return hint === undefined ? error.message : `${error.message}; ${hint}`;
}
