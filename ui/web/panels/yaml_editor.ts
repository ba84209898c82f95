/**
 * An editor for the text of a pipeline. It keeps no history of its own: the document has one for all changes.
 *
 * @module
 */

import { defaultKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorSelection, EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { editorText, fromEditor } from "../../graph/editor_text.ts";
import { spliceBetween } from "../../graph/splice.ts";

/** What the editor tells. */
export interface YamlListener {
  readonly onText: (text: string) => void;
  /** The cursor was moved to this line, from 1. */
  readonly onLine: (line: number) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Changes that come from elsewhere: the canvas, undo, the disk. */
const elsewhere = Annotation.define<boolean>();
const lit = StateEffect.define<readonly [number, number] | undefined>();
const litLine = Decoration.line({ class: "cm-of-box" });

const litLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, state, changes }) {
    const effect = effects.findLast((effect) => effect.is(lit));
    if (effect === undefined) return marks.map(changes);
    if (effect.value === undefined) return Decoration.none;
    const [first, last] = effect.value.map((line) => Math.min(line, state.doc.lines));
    const lines = Array.from({ length: last - first + 1 }, (_, index) => state.doc.line(first + index));
    return Decoration.set(lines.map(({ from }) => litLine.range(from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What every editor of pipelines looks like; the conflict view uses it too. */
export const BASE: Extension = [
  lineNumbers(),
  highlightSpecialChars(),
  drawSelection(),
  yaml(),
  syntaxHighlighting(classHighlighter),
  EditorState.tabSize.of(2),
];

/** A new line begins where the one before begins, behind its dashes; deeper if that ends in a colon. */
function newLine({ state, dispatch }: EditorView): boolean {
  if (state.readOnly) return false;
  const change = state.changeByRange(({ from, to }) => {
    const before = state.sliceDoc(state.doc.lineAt(from).from, from);
    const depth = /^\s*(- )*/.exec(before)![0].length + (/:\s*$/.test(before) ? 2 : 0);
    const insert = `\n${" ".repeat(depth)}`;
    return { changes: { from, to, insert }, range: EditorSelection.cursor(from + insert.length) };
  });
  dispatch(state.update(change, { scrollIntoView: true, userEvent: "input" }));
  return true;
}

/** The editor in the page. */
export class YamlEditor {
  readonly #view: EditorView;
  #text: string;

  constructor(parent: HTMLElement, text: string, listener: YamlListener) {
    this.#text = text;
    const act = (deed: () => void) => () => (deed(), true);
    const keys = keymap.of([
      { key: "Mod-z", run: act(listener.undo), preventDefault: true },
      { key: "Mod-y", run: act(listener.redo), preventDefault: true },
      { key: "Mod-Shift-z", run: act(listener.redo), preventDefault: true },
      { key: "Enter", run: newLine },
      ...searchKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
    ]);
    const heard = EditorView.updateListener.of(({ docChanged, selectionSet, transactions, state, view }) => {
      const isOwn = !transactions.some((transaction) => transaction.annotation(elsewhere));
      if (!isOwn) return;
      if (docChanged) listener.onText(this.#text = fromEditor(this.#text, state.doc.toString()));
      if (selectionSet && !docChanged && view.hasFocus) {
        listener.onLine(state.doc.lineAt(state.selection.main.head).number);
      }
    });
    const name = EditorView.contentAttributes.of({ "aria-label": "Text of the pipeline" });
    const extensions = [
      ...[
        BASE,
        keys,
        heard,
        name,
        litLines,
        foldGutter(),
        lintGutter(),
        search({ top: true }),
        EditorView.lineWrapping,
      ],
      ...[highlightActiveLine(), bracketMatching()],
    ];
    this.#view = new EditorView({ parent, state: EditorState.create({ doc: editorText(text), extensions }) });
  }

  /** The text as it is now; cursor and scrolling stay where they are. */
  show(text: string): void {
    this.#text = text;
    const splice = spliceBetween(this.#view.state.doc.toString(), editorText(text));
    if (splice === undefined) return;
    const { at, removed, inserted } = splice;
    this.#view.dispatch({
      changes: { from: at, to: at + removed.length, insert: inserted },
      annotations: elsewhere.of(true),
    });
  }

  /** Underlines what is wrong. */
  mark(
    problems:
      readonly (Pick<Diagnostic, "severity" | "message"> & { readonly line: number; readonly column: number })[],
  ): void {
    const { state } = this.#view;
    const found = problems.map(({ line, column, severity, message }): Diagnostic => {
      const from = this.#offset(line, column);
      const rest = state.doc.sliceString(from, state.doc.lineAt(from).to);
      const word = /^("[^"]*"|'[^']*'|[^\s,#}\]]+)/.exec(rest)?.[0].length ?? Math.min(1, rest.length);
      return { from, to: from + word, severity, message };
    });
    this.#view.dispatch(setDiagnostics(state, found));
  }

  /** Lights the lines of what is selected, and goes there. */
  light(lines: readonly [number, number] | undefined, goes: boolean): void {
    const effects: StateEffect<unknown>[] = [lit.of(lines)];
    if (lines !== undefined && goes) {
      effects.push(EditorView.scrollIntoView(this.#offset(lines[0], 1), { y: "nearest", yMargin: 60 }));
    }
    this.#view.dispatch({ effects, annotations: elsewhere.of(true) });
  }

  /** Puts the cursor there. */
  goTo(line: number, column = 1): void {
    const anchor = this.#offset(line, column);
    this.#view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      annotations: elsewhere.of(true),
    });
    this.#view.focus();
  }

  close(): void {
    this.#view.destroy();
  }

  #offset(line: number, column: number): number {
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(Math.max(1, line), doc.lines));
    return Math.min(at.from + Math.max(0, column - 1), at.to);
  }
}
