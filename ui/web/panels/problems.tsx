import { useEffect, useState } from "react";
import { stepNamed } from "../../graph/blocked.ts";
import { IconButton } from "../kit/button.tsx";
import { Icon } from "../kit/icons.tsx";
import { useApp } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import { type ShownProblem, useProblems } from "./use_problems.ts";
import "./problems.css";

/** More are read in the terminal. */
const MOST = 300;

const WORDS = { error: ["error", "errors"], warning: ["warning", "warnings"], hint: ["hint", "hints"] } as const;

/** What is wrong with the pipeline: how much, and on demand where and what. Closed, it comes back with something new. */
export function Problems() {
  const problems = useProblems();
  const [isOpen, setOpen] = useState(false);
  const [closed, setClosed] = useState("");
  const name = JSON.stringify(problems.map(({ code, message, step }) => [code, message, step]));
  useEffect(() => {
    if (closed !== "" && closed !== name) setClosed("");
  }, [name]);
  if (problems.length === 0 || closed === name) return null;
  const counts = (["error", "warning", "hint"] as const).map((level) =>
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
              {level !== "hint" && <Icon name="warn" />} {count} {WORDS[level][count === 1 ? 0 : 1]}
            </span>
          ))}
        </button>
        {!isOpen && <First problem={problems.find(({ level }) => level === counts[0][0])!} />}
        <IconButton icon="close" label="Close the problems" onClick={() => setClosed(name)} />
      </header>
      {isOpen && (
        <ul id="problem-list">
          {problems.slice(0, MOST).map((problem, index) => (
            <li key={index}>
              <Line problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function First({ problem }: { readonly problem: ShownProblem }) {
  return <span className="first">{problem.message}</span>;
}

function Line({ problem }: { readonly problem: ShownProblem }) {
  const app = useApp();
  const sides = useSides();
  const { level, message, hint, step, file, line, column, isElsewhere } = problem;
  const go = () => {
    const { pipeline } = app.state;
    if (step !== undefined && pipeline !== undefined && stepNamed(pipeline, step) !== undefined) sides.pick(step);
    if (line !== undefined && !isElsewhere) sides.showInText(line, column);
  };
  return (
    <button type="button" className={`problem ${level}`} title="Go there" onClick={go}>
      <span className="place">{isElsewhere && `${file}:`}{line ?? "–"}{column !== undefined && `:${column}`}</span>
      <span className="words">
        <span className="level">{level}</span> {message}
        {hint !== undefined && <em>; {hint}</em>}
      </span>
    </button>
  );
}
