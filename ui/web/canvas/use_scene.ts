/**
 * What is shown: boxes and lines with their places, groups, and where everything lies.
 *
 * @module
 */

import { useMemo, useRef } from "react";
import type { Box, Canvas, Line } from "../../graph/canvas.ts";
import { feedbackDepths, placedGroups } from "../../graph/groups.ts";
import { rectOf } from "../../graph/sizes.ts";
import { Spatial } from "../../graph/spatial.ts";
import { waysAround } from "../../graph/ways.ts";
import { useAppState } from "../state/use_app.ts";
import { useSettings } from "../state/use_sides.ts";
import { useCanvasState, useHeld } from "./canvas_state.ts";
import { useNear } from "./near.ts";
import { attached, Edges, Nodes } from "./scene.ts";

/** So many selected boxes at most are elements where others are painted. */
const MOST_SELECTED = 100;

/** Everything that is drawn. */
export function useScene() {
  const canvas = useShown();
  const places = useAppState(({ places }) => places);
  const selection = useAppState(({ selection }) => selection);
  const state = useCanvasState();
  const live = useHeld(state.live);
  const selectedLines = useHeld(state.lines);
  const hovered = useHeld(state.hovered);
  const boxes = useMemo(() => new Map(canvas.boxes.map((box) => [box.id, box])), [canvas]);
  const spatial = useMemo(() => spatialOf(canvas, places), [canvas, places]);
  const near = useNear(spatial, boxes.size);
  // Which boxes are on their way, and not where: that is another at every stroke.
  const moving = useMemo(() => new Set(live.keys()), [[...live.keys()].slice(0, MOST_SELECTED).join("\n")]);
  const lit = useMemo(() => attached(canvas, selection), [canvas, selection]);
  const shown = useMemo(
    () => near && elements(near, { selection, hovered, moving, neighbours: lit.boxes }),
    [near, selection, hovered, moving, lit],
  );
  const placeOf = useMemo(() => ({ get: (id: string) => live.get(id) ?? places.get(id) }), [live, places]);
  const groups = useMemo(() => placedGroups(canvas, boxes, placeOf), [canvas, boxes, placeOf]);
  const made = useRef(new Nodes());
  const nodes = useMemo(() => {
    const colors = new Map(groups.map(({ group, color }) => [group.name, color]));
    const parts = [...shown ?? boxes.keys()].flatMap((id) => {
      const [box, place] = [boxes.get(id), placeOf.get(id)];
      if (box === undefined || place === undefined) return [];
      const color = box.group === undefined ? undefined : colors.get(box.group);
      return [{ box, place, isSelected: selection.has(id), isNeighbour: lit.boxes.has(id), color }];
    });
    return made.current.of(parts);
  }, [boxes, placeOf, groups, shown, selection, lit]);
  const lines = useMemo(
    () => shown === undefined ? canvas.lines : canvas.lines.filter((line) => isBetween(line, shown)),
    [canvas, shown],
  );
  const depths = useMemo(() => feedbackDepths(lines, groups), [lines, groups]);
  const ways = useMemo(
    () => near === undefined ? waysAround(canvas.lines, boxes, spatial) : undefined,
    [canvas, boxes, spatial, near === undefined],
  );
  const drawn = useRef(new Edges());
  const edges = useMemo(() => {
    return drawn.current.of(lines.map((line) => ({
      line,
      isSelected: selectedLines.has(line.id),
      isLit: lit.lines.has(line.id),
      below: depths.get(line.id),
      across: ways?.get(line.id),
    })));
  }, [lines, depths, ways, selectedLines, lit]);
  return { canvas, boxes, spatial, nodes, edges, groups, isPainted: near !== undefined };
}

/** The canvas, with or without parameters. */
function useShown(): Canvas {
  const canvas = useAppState(({ canvas }) => canvas);
  const [{ showParameters }] = useSettings();
  return useMemo(() => {
    if (showParameters) return canvas;
    const hidden = new Set(canvas.boxes.filter(({ kind }) => kind === "parameter").map(({ id }) => id));
    return {
      ...canvas,
      boxes: canvas.boxes.filter(({ id }) => !hidden.has(id)).map(withReferences),
      lines: canvas.lines.filter(({ source }) => !hidden.has(source)),
    };
  }, [canvas, showParameters]);
}

/** Without parameters on the canvas, arguments say themselves which one they take. */
function withReferences(box: Box): Box {
  if (!box.handles.some(({ id, reference }) => id.startsWith("arg:") && reference !== undefined)) return box;
  const handles = box.handles.map((handle) =>
    handle.id.startsWith("arg:") && handle.text === undefined ? { ...handle, text: handle.reference } : handle
  );
  return { ...box, handles };
}

function spatialOf(
  { boxes }: Canvas,
  places: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
): Spatial {
  return new Spatial(
    new Map(boxes.flatMap((box) => {
      const at = places.get(box.id);
      return at === undefined ? [] : [[box.id, rectOf(box, at)] as const];
    })),
  );
}

function isBetween({ source, target }: Line, shown: ReadonlySet<string>): boolean {
  return shown.has(source) && shown.has(target);
}

/** Those near, those a hand is on, and what hangs on them. */
function elements(
  near: ReadonlySet<string>,
  { selection, hovered, moving, neighbours }: {
    readonly selection: ReadonlySet<string>;
    readonly hovered: string | undefined;
    readonly moving: ReadonlySet<string>;
    readonly neighbours: ReadonlySet<string>;
  },
): ReadonlySet<string> {
  const shown = new Set(near);
  for (const ids of [selection, moving, neighbours]) {
    let count = 0;
    for (const id of ids) if (count++ < MOST_SELECTED) shown.add(id);
  }
  if (hovered !== undefined) shown.add(hovered);
  return shown;
}
