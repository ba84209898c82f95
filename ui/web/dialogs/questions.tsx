import { useState } from "react";
import { Check } from "../kit/field.tsx";
import { Dialog } from "./dialog.tsx";

/** Whoever asked hears this. */
export interface Answers {
  readonly answer: (answer: string | undefined) => void;
}

/** Before a file is written. */
export function Save({ path, answer }: Answers & { readonly path: string }) {
  const [isAlways, setAlways] = useState(false);
  return (
    <Dialog
      title={`Save ${path}?`}
      onClose={() => answer(undefined)}
      buttons={
        <>
          <button type="button" onClick={() => answer(undefined)}>Cancel</button>
          <button type="button" className="go" data-first onClick={() => answer(isAlways ? "always" : "save")}>
            Save
          </button>
        </>
      }
    >
      <p>What you changed is written into the file. Everything else in it, comments too, stays as it is.</p>
      <Check label="Do not ask again for this file (editor.autoSave)" checked={isAlways} onChange={setAlways} />
    </Dialog>
  );
}

/** Before a run of what is not saved. */
export function SaveFirst({ answer }: Answers) {
  return (
    <Dialog
      title="Save, then run?"
      onClose={() => answer(undefined)}
      buttons={
        <>
          <button type="button" onClick={() => answer(undefined)}>Cancel</button>
          <button type="button" className="go" data-first onClick={() => answer("save")}>Save and run</button>
        </>
      }
    >
      <p>What runs is what the file says, and the file does not hold your changes yet.</p>
    </Dialog>
  );
}

/** Before another pipeline is opened. */
export function Switch({ path, answer }: Answers & { readonly path: string }) {
  return (
    <Dialog
      title={`Save the changes of ${path}?`}
      onClose={() => answer(undefined)}
      buttons={
        <>
          <button type="button" onClick={() => answer(undefined)}>Cancel</button>
          <button type="button" onClick={() => answer("drop")}>Don't save</button>
          <button type="button" className="go" data-first onClick={() => answer("save")}>Save</button>
        </>
      }
    >
      <p>Another pipeline is about to be opened. What is not saved is lost.</p>
    </Dialog>
  );
}

/** Before anything of a folder is run for the first time. */
export function Trust({ folder, answer }: Answers & { readonly folder: string }) {
  return (
    <Dialog
      title="Run programs from this folder?"
      onClose={() => answer(undefined)}
      buttons={
        <>
          <button type="button" data-first onClick={() => answer(undefined)}>Cancel</button>
          <button type="button" className="go" onClick={() => answer("allow")}>Allow and go on</button>
        </>
      }
    >
      <p>
        Nothing of <strong className="mono">{folder}</strong> has been run from here before.
      </p>
      <p>
        Its steps are programs, which can do on this machine whatever you can do. Allow it if you know where they come
        from; you are asked once for this folder.
      </p>
    </Dialog>
  );
}

/** Before something that is hard to take back. */
export function Confirm(
  { title, text, yes, answer }: Answers & { readonly title: string; readonly text: string; readonly yes: string },
) {
  return (
    <Dialog
      title={title}
      onClose={() => answer(undefined)}
      buttons={
        <>
          <button type="button" data-first onClick={() => answer(undefined)}>Cancel</button>
          <button type="button" className="danger" onClick={() => answer("yes")}>{yes}</button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
