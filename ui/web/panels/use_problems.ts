import { useMemo } from "react";
import type { FoundProblem } from "../api/types.ts";
import { allProblems } from "../state/problems.ts";
import { useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";

/** A problem; `isElsewhere` if it is in another file, which this one includes. */
export type ShownProblem = FoundProblem & { readonly isElsewhere: boolean };

/** What is wrong with the text as it stands. */
export function useProblems(): readonly ShownProblem[] {
  const sides = useSides();
  const checked = useStore(sides.problems);
  const here = useAppState(({ problems }) => problems);
  const text = useAppState(({ document }) => document?.text);
  const root = useAppState(({ root }) => root);
  const path = useAppState(({ document }) => document?.path);
  return useMemo(() => {
    const own = new Set([undefined, path, `${root}/${path}`]);
    return allProblems(checked, here, text).map((problem) => ({ ...problem, isElsewhere: !own.has(problem.file) }));
  }, [checked, here, text, root, path]);
}

/** The same for the same problems, wherever they stand. */
export function problemsName(problems: readonly ShownProblem[]): string {
  return JSON.stringify(problems.map(({ code, message, step }) => [code, message, step]));
}
