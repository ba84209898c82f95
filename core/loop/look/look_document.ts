import { attemptDocument, type Document, runDocument, stepDocument } from "./export.ts";
import { linesOf } from "./lines.ts";
import { placeKey } from "./main_line.ts";
import type { RunLook } from "./run_look.ts";

/** What is shown of a run, for programs: with marks, open questions and the runs inside of it. */
export function lookDocument(look: RunLook): Document {
  const marks = new Map(
    linesOf(look).flatMap((line) => line.kind === "step" && line.depth === 0 ? [[placeKey(line), line.marks]] : []),
  );
  const { holder, questions, unsettled, steps, children, run } = look;
  return {
    run: runDocument(run),
    driven_by: holder && { pid: holder.holder.pid, host: holder.holder.host },
    steps: steps.map((row) => ({ ...stepDocument(row), marks: marks.get(placeKey(row)) })),
    unsettled: unsettled.map(attemptDocument),
    questions: questions.map(({ key, request, schema, answer }) => ({
      key,
      request: JSON.parse(request) as unknown,
      schema: schema === undefined ? undefined : JSON.parse(schema) as unknown,
      answer: answer === undefined ? undefined : JSON.parse(answer) as unknown,
    })),
    children: children.map(lookDocument),
  };
}
