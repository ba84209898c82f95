import { seenStep } from "../../../graph/run_steps.ts";
import { shownText } from "../../../graph/shown_text.ts";
import { askFind } from "../../dialogs/ask_find.ts";
import { IconButton } from "../../kit/button.tsx";
import { useApp, useAppState } from "../../state/use_app.ts";
import { useSides } from "../../state/use_sides.ts";
import { allSteps } from "../../state/tasks.ts";

/** More are found by searching. */
const MOST = 200;

/** The steps of the open pipeline, in file order. */
export function Steps() {
  const { pick } = useSides();
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const status = useAppState(({ status }) => status);
  const run = useAppState(({ run }) => run);
  const selected = useAppState(({ selected }) => selected);
  if (pipeline === undefined || pipeline.steps.length === 0) return <p className="none">There are no steps yet.</p>;
  const all = allSteps(pipeline);
  return (
    <>
      <ul>
        {all.slice(0, MOST).map(({ name, group }) => {
          const state = status.get(group ?? name)?.state;
          const seen = seenStep(run, name, group);
          const standing = seen?.isFresh ? "fresh" : seen?.standing;
          return (
            <li key={`${group ?? ""}/${name}`}>
              <button
                type="button"
                className="entry"
                aria-current={name === selected || undefined}
                title={[name, state, standing && `last run: ${standing}`].filter(Boolean).join(" · ")}
                onClick={() => pick(name)}
              >
                <span className={`mark ${(state ?? "").replace(" ", "-")}`} />
                <bdi>{shownText(name)}</bdi>
                {standing !== undefined && <span className={`standing ${standing}`}>{standing}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {all.length > MOST && <p className="none">{all.length - MOST} more: find them by Ctrl+F.</p>}
    </>
  );
}

/** Finds steps, and all else that has a box. */
export function FindButton() {
  const app = useApp();
  const sides = useSides();
  const isEmpty = useAppState(({ canvas }) => canvas.boxes.length === 0);
  return (
    <IconButton
      icon="search"
      label="Find steps, data and parameters"
      title="Find (Ctrl+F)"
      disabled={isEmpty}
      onClick={() => void askFind(app, sides)}
    />
  );
}
