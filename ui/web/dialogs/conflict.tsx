import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { useEffect, useRef } from "react";
import { editorText, fromEditor } from "../../graph/editor_text.ts";
import { BASE } from "../panels/yaml_editor.ts";
import { useApp } from "../state/use_app.ts";
import { Dialog } from "./dialog.tsx";
import type { Answers } from "./questions.tsx";

/** Both versions of a file that two have changed, side by side; the person's own can be edited into one of both. */
export default function Conflict({ answer }: Answers) {
  const app = useApp();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<MergeView>(undefined);
  const { document } = app.state;
  const theirs = document?.conflict?.text ?? "";
  useEffect(() => {
    const name = (words: string) => EditorView.contentAttributes.of({ "aria-label": words });
    const made = new MergeView({
      parent: place.current!,
      a: {
        doc: editorText(theirs),
        extensions: [BASE, EditorState.readOnly.of(true), name("On the disk")],
      },
      b: {
        doc: editorText(document?.text ?? ""),
        extensions: [BASE, history(), keymap.of([...historyKeymap, ...defaultKeymap]), name("Yours, can be edited")],
      },
      revertControls: "a-to-b",
      renderRevertControl: () => arrow(),
      highlightChanges: true,
      gutter: true,
      collapseUnchanged: { margin: 4, minSize: 8 },
    });
    view.current = made;
    return () => made.destroy();
  }, [theirs]);
  const settle = (choice: "mine" | "theirs") => (app.settle(choice), answer(choice));
  const takeEdited = () => {
    const edited = view.current!.b.state.doc.toString();
    app.settle("mine");
    app.change(fromEditor(document!.text, edited), "put both versions together");
    answer("edited");
  };
  return (
    <Dialog
      title={`${document?.path} has changed on the disk`}
      size="full"
      onClose={() => answer(undefined)}
      buttons={
        <>
          <button type="button" onClick={() => answer(undefined)}>Decide later</button>
          <button type="button" onClick={() => settle("theirs")}>Take the disk's</button>
          <button type="button" onClick={() => settle("mine")}>Keep mine</button>
          <button type="button" className="go" onClick={takeEdited}>Take what stands on the right</button>
        </>
      }
    >
      <div className="conflict">
        <div className="names" aria-hidden="true">
          <strong>On the disk</strong>
          <strong>Yours, which you can edit here</strong>
        </div>
        <div className="versions" ref={place} />
      </div>
    </Dialog>
  );
}

function arrow(): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "→";
  button.title = "Take this part of the disk's";
  button.setAttribute("aria-label", button.title);
  return button;
}
