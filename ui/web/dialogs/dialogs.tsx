import { lazy, Suspense, useEffect } from "react";
import type { Asked } from "../state/dialogs.ts";
import { useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import { Clean } from "./clean.tsx";
import { Find } from "./find.tsx";
import { Help } from "./help.tsx";
import { NewPipeline } from "./new_pipeline.tsx";
import { Confirm, Save, SaveFirst, Switch, Trust } from "./questions.tsx";
import "./conflict.css";
import "./preview.css";

const Conflict = lazy(() => import("./conflict.tsx"));
const PreviewDialog = lazy(() => import("./preview.tsx"));

/** The question that waits, if one does. */
export function Dialogs() {
  const { dialogs } = useSides();
  const [first] = useStore(dialogs);
  const hasConflict = useAppState(({ document }) => document?.conflict !== undefined);
  useEffect(() => {
    if (first?.question.kind === "conflict" && !hasConflict) first.answer(undefined);
  }, [first, hasConflict]);
  return first === undefined ? null : (
    <Suspense fallback={null}>
      <Shown key={first.id} asked={first} />
    </Suspense>
  );
}

function Shown({ asked: { question, answer } }: { readonly asked: Asked }) {
  switch (question.kind) {
    case "save":
      return <Save path={question.path} answer={answer} />;
    case "save-first":
      return <SaveFirst answer={answer} />;
    case "switch":
      return <Switch path={question.path} answer={answer} />;
    case "trust":
      return <Trust folder={question.folder} answer={answer} />;
    case "confirm":
      return <Confirm {...question} answer={answer} />;
    case "clean":
      return <Clean answer={answer} />;
    case "new":
      return <NewPipeline answer={answer} />;
    case "help":
      return <Help answer={answer} />;
    case "find":
      return <Find answer={answer} />;
    case "conflict":
      return <Conflict answer={answer} />;
    case "preview":
      return <PreviewDialog dataKey={question.key} file={question.file} answer={answer} />;
  }
}
