/**
 * A run as the tree that it is: each step below the one whose state it got.
 *
 * @module
 */

import type { LoopRow, LoopSummary, StepRow } from "../../ports/loop_store.ts";
import { usdText } from "../base/money.ts";
import { linesOf, type StepLine } from "./lines.ts";
import { mainLine, placeKey } from "./main_line.ts";
import type { RunLook } from "./run_look.ts";

/** One line of the tree. */
export interface TreeLine {
  /** Lines and corners that lead to it. */
  readonly trunk: string;
  readonly text: string;
  readonly marks: readonly string[];
  /** Whether the run's result stands on it. */
  readonly isMain: boolean;
}

/**
 * The tree, the oldest step first. What the run went on with keeps its column; what it went back from, forks and runs
 * inside of steps hang to the right.
 *
 * @param forks Runs that were forked from this one.
 */
export function treeLines(look: RunLook, forks: readonly LoopSummary[] = []): readonly TreeLine[] {
  const lines = new Map(linesOf(look).filter(isOwnStep).map((line) => [placeKey(line), line]));
  const below = Map.groupBy(look.steps, ({ input }) => input === undefined ? "input" : placeKey(input));
  const tree = { look, forks, lines, below, main: mainLine(look) };
  const root: TreeLine = { trunk: "", text: "input", marks: rootMarks(look.run), isMain: true };
  return [root, ...branchesBelow("input", "", tree)];
}

interface Tree {
  readonly look: RunLook;
  readonly forks: readonly LoopSummary[];
  readonly lines: ReadonlyMap<string, StepLine>;
  readonly below: ReadonlyMap<string, readonly StepRow[]>;
  readonly main: ReadonlySet<string>;
}

function isOwnStep(line: ReturnType<typeof linesOf>[number]): line is StepLine {
  return line.kind === "step" && line.depth === 0;
}

/** Written as a loop along the main line: a run may be longer than the stack is deep. */
function branchesBelow(from: string, trunk: string, tree: Tree): readonly TreeLine[] {
  const lines: TreeLine[] = [];
  for (let key: string | undefined = from; key !== undefined;) {
    const children: readonly StepRow[] = tree.below.get(key) ?? [];
    const next = nextOf(children, tree);
    const sides = children.filter((row) => row !== next);
    const hanging = [...hangers(key, tree), ...sides.map((row) => () => sideLines(row, trunk, tree))];
    lines.push(...hanging.flatMap((draw) => draw(trunk)));
    if (next === undefined) break;
    lines.push(stepLine(next, trunk, tree));
    key = placeKey(next);
  }
  return lines;
}

/** Goes on in the same column: the main line, else the newest. */
function nextOf(children: readonly StepRow[], { main }: Tree): StepRow | undefined {
  return children.find((row) => main.has(placeKey(row))) ?? children.at(-1);
}

function sideLines(row: StepRow, trunk: string, tree: Tree): readonly TreeLine[] {
  const first = stepLine(row, `${trunk}├─ `, tree);
  return [first, ...branchesBelow(placeKey(row), `${trunk}│  `, tree)];
}

/** Runs that hang on a step: those that it called, and those that were forked from it. */
function hangers(key: string, { look, forks, lines }: Tree): readonly ((trunk: string) => readonly TreeLine[])[] {
  const line = lines.get(key);
  if (line === undefined) return [];
  const children = look.children.filter(({ run }) => placeKey(run.parent!) === key).map(({ run }) =>
    runText("inside", run)
  );
  const forked = forks.filter(({ forkedFrom }) => forkedFrom?.step === line.step).map((run) => runText("fork", run));
  return [...children, ...forked].map((text) => (trunk) => [{ trunk: `${trunk}├─ `, text, marks: [], isMain: false }]);
}

function runText(what: string, { name, id, status, steps, spentNano }: LoopSummary): string {
  return `${what} ${name} ${id}  ${status}  ${steps} steps  ${usdText(spentNano)}`;
}

function stepLine(row: StepRow, trunk: string, { look, lines, main }: Tree): TreeLine {
  const { step, branch, costNano, score, error, marks } = lines.get(placeKey(row))!;
  const { best } = look.run;
  const label = branch === "" ? String(step) : `${step}/${branch}`;
  const facts = [label, usdText(costNano), score?.toFixed(4) ?? "-", ...(error === undefined ? [] : [error])];
  const isBest = best?.step === step && best.branch === branch;
  return {
    trunk,
    text: facts.join("  "),
    marks: [...(isBest ? ["best"] : []), ...marks],
    isMain: main.has(placeKey(row)),
  };
}

function rootMarks({ forkedFrom }: LoopRow): readonly string[] {
  return forkedFrom === undefined ? [] : [`forked from ${forkedFrom.run} step ${forkedFrom.step}`];
}
