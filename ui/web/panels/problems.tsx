import { useState } from "react";
import { stepNamed } from "../../graph/blocked.ts";
import { boxAt, textPlaces } from "../../graph/text_places.ts";
import { shownText } from "../../graph/shown_text.ts";
import { IconButton } from "../kit/button.tsx";
import { Icon } from "../kit/icons.tsx";
import { useApp } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import { problemsName, type ShownProblem, useProblems } from "./use_problems.ts";
import "./problems.css";

/** More are read in the terminal. */
const MOST = 300;

const WORDS = { error: ["error", "errors"], warning: ["warning", "warnings"], hint: ["hint", "hints"] } as const;

/**
 * What is wrong with the pipeline, below the canvas: how much, and on demand where and what. Closed, it comes back with
 * something new, or from the menu.
 */
export function Problems() {
  const { closedProblems } = useSides();
  const all = useProblems();
  const closed = useStore(closedProblems);
  const [isOpen, setOpen] = useState(false);
  const [hasHints, setHints] = useState(false);
  const urgent = all.filter(({ level }) => level !== "hint");
  const hints = all.length - urgent.length;
  const problems = isOpen && hasHints ? all : urgent;
  const name = problemsName(all);
  if (urgent.length === 0 || closed === name) return null;
  const counts = (["error", "warning"] as const).map((level) =>
    [level, problems.filter((problem) => problem.level === level).length] as const
  ).filter(([, count]) => count > 0);
  return (
    <section className="problems" aria-label="Problems">
      <header>
        <button
          type="button"
          className="counts"
          aria-expanded={isOpen}
          aria-controls="problem-list"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? "down" : "right"} />
          {counts.map(([level, count]) => (
            <span key={level} className={level}>
              <Icon name="warn" /> {count} {WORDS[level][count === 1 ? 0 : 1]}
            </span>
          ))}
        </button>
        {!isOpen && <First problem={urgent.find(({ level }) => level === counts[0][0])!} />}
        {isOpen && hints > 0 && (
          <label className="check">
            <input type="checkbox" checked={hasHints} onChange={({ target }) => setHints(target.checked)} /> Show{" "}
            {hints} {WORDS.hint[hints === 1 ? 0 : 1]}
          </label>
        )}
        <IconButton icon="close" label="Close the problems" onClick={() => closedProblems.set(name)} />
      </header>
      {isOpen && (
        <ul id="problem-list">
          {problems.slice(0, MOST).map((problem, index) => <Line key={index} problem={problem} />)}
        </ul>
      )}
    </section>
  );
}

/** What is read while the list is folded; a click goes there. */
function First({ problem }: { readonly problem: ShownProblem }) {
  const go = useGoing(problem);
  return (
    <button type="button" className="first" title="Go there" onClick={() => void go()}>
      {problem.line !== undefined && <span className="mono">{placeOf(problem)}</span>} {shownText(problem.message)}
    </button>
  );
}

function placeOf({ file, line, column, isElsewhere }: ShownProblem): string {
  return `${isElsewhere ? `${file}:` : ""}${line ?? "–"}${column === undefined ? "" : `:${column}`}`;
}

/** One problem: its place leads to the box and to the line, and so does a click on its words, which can be copied too. */
function Line({ problem }: { readonly problem: ShownProblem }) {
  const { level, message, hint } = problem;
  const go = useGoing(problem);
  const place = placeOf(problem);
  return (
    <li className={level} onClick={() => getSelection()?.isCollapsed !== false && void go()}>
      <button type="button" aria-label={`Go to ${place}: ${message}`} title="Go there">{place}</button>
      <span className="words">
        <span className="level">{level}</span> {shownText(message)}
        {hint !== undefined && <em>; {hint}</em>}
      </span>
    </li>
  );
}

/** The way to the box, and to the place in the text. */
function useGoing({ step, line, column, isElsewhere }: ShownProblem): () => Promise<void> {
  const app = useApp();
  const sides = useSides();
  return async () => {
    const { canvas, document, pipeline } = app.state;
    const isHere = line !== undefined && !isElsewhere;
    if (isHere) sides.showInText(line, column);
    if (pipeline === undefined || document === undefined) return;
    const named = step !== undefined && stepNamed(pipeline, step) !== undefined ? step : undefined;
    const box = named ?? (isHere ? boxAt(await textPlaces(document.text, pipeline), line) : undefined);
    if (canvas.boxes.some(({ id }) => id === box)) sides.pick(box!);
  };
}
