import type { Diagnostic } from "@codemirror/lint";
import { useEffect, useMemo, useRef, useState } from "react";
import { boxAt, linesOf, type TextPlace, textPlaces } from "../../graph/text_places.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import { useProblems } from "./use_problems.ts";
import { YamlEditor } from "./yaml_editor.ts";

/** The text of the file beside the graph: typing changes the graph, and the other way round. */
export default function Yaml() {
  const app = useApp();
  const sides = useSides();
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<YamlEditor>();
  const text = useAppState(({ document }) => document?.text ?? "");
  const path = useAppState(({ document }) => document?.path);
  const selected = useAppState(({ selected }) => selected);
  const problems = useProblems();
  const spot = useStore(sides.spot);
  const places = useTextPlaces(text);
  const seen = useRef<string>(undefined);
  const now = useRef(places);
  now.current = places;
  useEffect(() => {
    const made = new YamlEditor(place.current!, text, {
      onText: (text) => app.change(text, "edit the text", "text"),
      onLine: (line) => {
        const id = boxAt(now.current, line);
        if (id === undefined || !app.state.canvas.boxes.some((box) => box.id === id)) return;
        seen.current = id;
        sides.pick(id);
      },
      undo: app.undo,
      redo: app.redo,
    });
    setEditor(made);
    return () => made.close();
  }, [path]);
  useEffect(() => editor?.show(text), [editor, text]);
  useEffect(() => editor?.mark(diagnosticsOf(problems)), [editor, problems, text]);
  useEffect(() => {
    const lines = selected === undefined ? undefined : linesOf(places, selected, text.split("\n").length);
    // Whoever moves the cursor sees where it is; others are led there, once.
    editor?.light(lines, seen.current !== selected);
    if (lines !== undefined && editor !== undefined) seen.current = selected;
  }, [editor, places, selected]);
  useEffect(() => spot && editor?.goTo(spot.line, spot.column), [editor, spot]);
  return <div className="yaml" ref={place} />;
}

/** A problem with its place, as the editor underlines it. */
type Marked = Pick<Diagnostic, "severity" | "message"> & { readonly line: number; readonly column: number };

function diagnosticsOf(problems: ReturnType<typeof useProblems>): readonly Marked[] {
  return problems.flatMap(({ level, message, hint, line, column, isElsewhere }): readonly Marked[] => {
    if (line === undefined || isElsewhere) return [];
    const severity = level === "hint" ? "info" : level;
    return [{ severity, message: hint === undefined ? message : `${message}; ${hint}`, line, column: column ?? 1 }];
  });
}

/** Where boxes are written; of the last text that could be read, when this one cannot. */
function useTextPlaces(text: string): readonly TextPlace[] {
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const [places, setPlaces] = useState<readonly TextPlace[]>([]);
  const wish = useMemo(() => ({ text, pipeline }), [text, pipeline]);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(async () => {
      if (wish.pipeline === undefined) return;
      const found = await textPlaces(wish.text, wish.pipeline);
      if (!isOver) setPlaces(found);
    }, 50);
    return () => (isOver = true, clearTimeout(timer));
  }, [wish]);
  return places;
}
