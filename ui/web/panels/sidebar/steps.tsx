import { useState } from "react";
import { search } from "../../../graph/fuzzy.ts";
import { useAppState } from "../../state/use_app.ts";
import { useSides } from "../../state/use_sides.ts";
import { taskSteps } from "../../state/tasks.ts";

/** From so many steps on there is a field to find one. */
const MANY = 8;
/** More are found by searching. */
const MOST = 200;

/** The steps of the open pipeline, in file order. */
export function Steps() {
  const { pick } = useSides();
  const [letters, setLetters] = useState("");
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const status = useAppState(({ status }) => status);
  const run = useAppState(({ run }) => run);
  const selected = useAppState(({ selected }) => selected);
  if (pipeline === undefined || pipeline.steps.length === 0) return <p className="none">There are no steps yet.</p>;
  const names = [...new Set([...pipeline.steps.filter(({ kind }) => kind !== "repeated"), ...taskSteps(pipeline)])]
    .map(({ name }) => name);
  const shown = letters === "" ? names : search(letters, names, (name) => name);
  return (
    <>
      {names.length >= MANY && (
        <input
          type="search"
          aria-label="Find a step"
          placeholder={`Find one of ${names.length}`}
          value={letters}
          onChange={({ target }) => setLetters(target.value)}
        />
      )}
      <ul>
        {shown.slice(0, MOST).map((name) => {
          const state = status.get(name)?.state;
          const standing = run?.steps.get(name)?.standing;
          return (
            <li key={name}>
              <button
                type="button"
                className="entry"
                aria-current={name === selected || undefined}
                title={[name, state, standing && `last run: ${standing}`].filter(Boolean).join(" · ")}
                onClick={() => pick(name)}
              >
                <span className={`mark ${(state ?? "").replace(" ", "-")}`} />
                <bdi>{name}</bdi>
                {standing !== undefined && <span className={`standing ${standing}`}>{standing}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {shown.length > MOST && <p className="none">{shown.length - MOST} more: search for them.</p>}
    </>
  );
}
