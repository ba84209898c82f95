import { useState } from "react";
import { ask } from "../api/client.ts";
import { Choice, Field } from "../kit/field.tsx";
import { useApp } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import { Dialog } from "./dialog.tsx";
import type { Answers } from "./questions.tsx";

const TEMPLATES = [
  ["empty", "Empty", "Nothing but the sections of a pipeline"],
  ["step", "One step", "A script with its interface, and a step that runs it"],
  ["example", "A small example", "Numbers are made, then summed up: two steps with data and parameters"],
] as const;

/** Where a new pipeline lies and what it begins with. */
export function NewPipeline({ answer }: Answers) {
  const app = useApp();
  const sides = useSides();
  const [path, setPath] = useState("new/pipeline.yml");
  const [chosen, setChosen] = useState("example");
  const [template, , hint] = TEMPLATES.find(([name]) => name === chosen)!;
  const [failure, setFailure] = useState<string>();
  const isNamed = /[^/]\.ya?ml$/i.test(path.trim());
  const make = async () => {
    try {
      const made = await ask("POST /api/file/new", { body: { path: path.trim(), template } });
      await app.refresh();
      answer("made");
      await sides.switchTo(made.path);
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <Dialog
      title="New pipeline"
      onClose={() => answer(undefined)}
      buttons={
        <>
          <button type="button" onClick={() => answer(undefined)}>Cancel</button>
          <button type="button" className="go" disabled={!isNamed} onClick={() => void make()}>Make it</button>
        </>
      }
    >
      <form onSubmit={(event) => (event.preventDefault(), isNamed && void make())}>
        <Field
          label="File"
          value={path}
          takesFocus
          hint="From the folder that was opened; folders are made"
          error={isNamed ? failure : "It ends in .yml or .yaml"}
          onChange={(text) => (setPath(text), setFailure(undefined))}
        />
        <Choice
          label="Begins with"
          value={template}
          options={TEMPLATES.map(([name, words]) => [name, words])}
          hint={hint}
          onChange={setChosen}
        />
      </form>
    </Dialog>
  );
}
