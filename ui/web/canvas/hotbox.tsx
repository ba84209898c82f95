import { useReactFlow } from "@xyflow/react";
import { addCopy, addData, addParameter, addStep, DATA_TYPES } from "../../graph/boxes.ts";
import type { Gesture } from "../../graph/gesture.ts";
import type { Point } from "../../graph/sizes.ts";
import { Icon, iconOfType } from "../kit/icons.tsx";
import { schemaOf } from "../state/tasks.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import { useCanvasState } from "./canvas_state.ts";
import { type Choice, Chooser } from "./chooser.tsx";
import { focusCanvas } from "./focus.ts";

interface Addition extends Choice {
  make(at: Point): Gesture;
}

/** Adds a script, a parameter or data where the pointer is. */
export function Hotbox({ at }: { readonly at: Point }) {
  const app = useApp();
  const state = useCanvasState();
  const flow = useReactFlow();
  const { tasks } = useSides();
  const scripts = useStore(tasks);
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const canvas = useAppState(({ canvas }) => canvas);
  const close = () => (state.popup.set(undefined), focusCanvas());
  if (pipeline === undefined) return null;
  const choices: readonly Addition[] = [
    ...scripts.filter(({ kind }) => kind === undefined).map((task): Addition => ({
      id: `task ${task.script}`,
      label: task.name,
      note: "step",
      icon: <Icon name="step" />,
      make: (at) => addStep(pipeline, schemaOf(task), at),
    })),
    ...Array.from(pipeline.parameters.keys(), (name): Addition => ({
      id: `param ${name}`,
      label: name,
      note: "parameter",
      icon: <Icon name="copy" />,
      make: (at) => addCopy(canvas, name, at),
    })),
    ...DATA_TYPES.map((type): Addition => ({
      id: `data ${type}`,
      label: type,
      note: "data",
      icon: <Icon name={iconOfType(type)} />,
      make: (at) => addData(pipeline, type, at),
    })),
    {
      id: "new parameter",
      label: "new parameter",
      note: "parameter",
      icon: <Icon name="add" />,
      make: (at) => addParameter(pipeline, "parameter", { value: "" }, at),
    },
  ];
  return (
    <Chooser
      at={at}
      label="Add to the graph"
      placeholder="Script, parameter or data type"
      choices={choices}
      from={3}
      onClose={() => {
        state.isByKeys = true;
        close();
      }}
      onChoose={(choice) => {
        void app.act(choice.make(flow.screenToFlowPosition(at)));
        close();
      }}
    />
  );
}
