import { type DragEvent, useState } from "react";
import { DATA_TYPES } from "../../../graph/boxes.ts";
import { search } from "../../../graph/fuzzy.ts";
import { Icon, iconOfType } from "../../kit/icons.tsx";
import { DRAGGED, type Dragged, freePoint, placed } from "../../state/dragged.ts";
import { useApp } from "../../state/use_app.ts";
import { useSides, useStore } from "../../state/use_sides.ts";

/** What a click adds in the middle, and a drag where it is let go. */
export function useAdding(): (dragged: Dragged) => {
  readonly draggable: true;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onClick: () => void;
} {
  const app = useApp();
  const { tasks, addInView } = useSides();
  return (dragged) => ({
    draggable: true,
    onDragStart: ({ dataTransfer }) => {
      dataTransfer.setData(DRAGGED, JSON.stringify(dragged));
      dataTransfer.effectAllowed = "copy";
    },
    onClick: () => void addInView(placed(dragged, app.state, tasks.get(), freePoint(app.state))),
  });
}

/** Types of data, kinds of steps, and the scripts there are. */
export function Add() {
  const adding = useAdding();
  const { tasks } = useSides();
  const known = useStore(tasks);
  const [letters, setLetters] = useState("");
  const shown = letters === "" ? known : search(letters, known, ({ name }) => name);
  return (
    <div className="add">
      <h3>Data</h3>
      <ul className="palette">
        {DATA_TYPES.map((type) => (
          <li key={type}>
            <button
              type="button"
              title={`Add ${type}: click, or drag onto the canvas`}
              {...adding({ kind: "data", type })}
            >
              <Icon name={iconOfType(type)} />
              {type.replace("_", " ")}
            </button>
          </li>
        ))}
      </ul>
      <h3>Decisions</h3>
      <ul className="palette">
        <li>
          <button type="button" title="Add a condition" {...adding({ kind: "condition" })}>
            <Icon name="help" />condition
          </button>
        </li>
        <li>
          <button type="button" title="Add a switch" {...adding({ kind: "switch" })}>
            <Icon name="diff" />switch
          </button>
        </li>
      </ul>
      <h3>Tasks</h3>
      {known.length === 0
        ? <p className="none">Scripts in the folder tasks/ beside the pipeline are listed here.</p>
        : (
          <input
            type="search"
            aria-label="Find a task"
            placeholder="Find a task"
            value={letters}
            onChange={({ target }) => setLetters(target.value)}
          />
        )}
      <ul>
        {shown.map((task) => (
          <li key={task.script}>
            <button
              type="button"
              className="entry"
              title={[task.script, task.description, task.problem].filter(Boolean).join("\n")}
              {...adding({ kind: "task", script: task.script })}
            >
              <Icon name={task.kind === "condition" ? "help" : "step"} />
              <span className="two">
                <bdi>{task.name}</bdi>
                {task.description !== "" && <small>{task.description}</small>}
              </span>
              {!task.exists && <span className="standing failed">absent</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
