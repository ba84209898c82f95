/**
 * What can be done with what is selected, for keys and for the menu.
 *
 * @module
 */

import type { ReactFlowInstance } from "@xyflow/react";
import { align, type Alignment } from "../../graph/align.ts";
import { moveBoxes, nameOf, removeBoxes, renameBox } from "../../graph/boxes.ts";
import type { Box, Line } from "../../graph/canvas.ts";
import { copyText, paste } from "../../graph/clipboard.ts";
import { disconnect } from "../../graph/connect.ts";
import { type Gesture, isRefused, type Refused } from "../../graph/gesture.ts";
import {
  dissolve,
  leaveGroup,
  makeGroup,
  moveIntoGroup,
  onceOnly,
  renameGroup,
  repeatGroup,
} from "../../graph/groups.ts";
import { endLoop, makeLoop } from "../../graph/loops.ts";
import { type Point, type Rect, rectOf } from "../../graph/sizes.ts";
import type { App } from "../state/app.ts";
import type { CanvasState } from "./canvas_state.ts";

/** Deeds on one canvas. */
export class Actions {
  readonly #app: App;
  readonly #state: CanvasState;
  readonly #flow: ReactFlowInstance;
  /** What was copied last, for browsers that do not give the clipboard. */
  #copied = "";

  constructor(app: App, state: CanvasState, flow: ReactFlowInstance) {
    [this.#app, this.#state, this.#flow] = [app, state, flow];
  }

  /** Does it; what cannot be is said at the pointer. */
  act = async (answer: Gesture | Refused, at?: Point): Promise<void> => {
    if (isRefused(answer)) {
      const where = at ?? this.#state.pointer;
      if (where === undefined) this.#app.tell(answer.refused);
      else this.#state.say(answer.refused, where);
    } else if (answer.edits.length > 0) await this.#app.act(answer);
  };

  get selected(): readonly Box[] {
    const { canvas, selection } = this.#app.state;
    return canvas.boxes.filter(({ id }) => selection.has(id));
  }

  /** The boxes that are selected go, or else the lines that are. */
  remove = async (): Promise<void> => {
    const { canvas, selection } = this.#app.state;
    const lines = this.#state.lines.get();
    if (selection.size > 0) {
      await this.act(removeBoxes(canvas, selection));
      const left = new Set(this.#app.state.canvas.boxes.map(({ id }) => id));
      return this.#app.selectAll([...selection].filter((id) => left.has(id)));
    }
    const gone = canvas.lines.filter(({ id }) => lines.has(id));
    this.#state.lines.set(new Set());
    await this.cut(gone);
  };

  /** Lines removed, as one deed. */
  cut = async (lines: readonly Line[]): Promise<void> => {
    if (lines.length === 0) return;
    const answers = lines.map((line) => disconnect(this.#app.state.canvas, line));
    const refused = answers.find(isRefused);
    if (refused !== undefined) return await this.act(refused);
    const edits = answers.flatMap((answer) => "edits" in answer ? answer.edits : []);
    await this.act({ label: lines.length === 1 ? "remove a line" : `remove ${lines.length} lines`, edits });
  };

  copy = async (): Promise<void> => {
    const { pipeline, value, places, selection } = this.#app.state;
    if (pipeline === undefined || value === undefined || selection.size === 0) return;
    const text = await copyText({ pipeline, value }, { ids: selection, places });
    this.#copied = text;
    // A browser that keeps the clipboard to itself leaves us our own.
    await navigator.clipboard.writeText(text).catch(() => undefined);
    this.#state.say(`Copied ${selection.size === 1 ? "one box" : `${selection.size} boxes`}`);
  };

  paste = async (at?: Point): Promise<void> => {
    const text = await navigator.clipboard.readText().catch(() => this.#copied);
    const corner = at && this.#flow.screenToFlowPosition(at);
    const { canvas, places } = this.#app.state;
    await this.act(await paste(text === "" ? this.#copied : text, canvas, { corner, places }));
  };

  /** Moves what is selected; strokes that follow each other are one change. */
  nudge = (x: number, y: number): void => {
    const { selection, places } = this.#app.state;
    const { live } = this.#state;
    const moved = new Map(
      [...selection].flatMap((id) => {
        const at = live.get().get(id) ?? places.get(id);
        return at === undefined ? [] : [[id, { x: at.x + x, y: at.y + y }] as const];
      }),
    );
    if (moved.size === 0) return;
    live.set(moved);
    clearTimeout(this.#nudging);
    this.#nudging = setTimeout(() => void this.drop(), NUDGE_MS);
  };
  #nudging: ReturnType<typeof setTimeout> | undefined;

  /** Boxes that were on their way stay where they are. */
  drop = async (): Promise<void> => {
    const places = this.#state.live.get();
    if (places.size === 0) return;
    await this.act(moveBoxes(places));
    if (this.#state.live.get() === places) this.#state.live.set(new Map());
  };

  align = (how: Alignment): Promise<void> => {
    const { places } = this.#app.state;
    const rects = this.selected.flatMap((box): readonly (readonly [string, Rect])[] => {
      const at = places.get(box.id);
      return at === undefined ? [] : [[box.id, rectOf(box, at)]];
    });
    return this.act(align(new Map(rects), how));
  };

  rename = (box: Box, at: Point): void =>
    this.#ask(`New name of ${box.label}`, nameOf(box), at, (name) => this.act(renameBox(box, name)));

  renameGroup = (name: string, at: Point): void =>
    this.#ask(`New name of ${name}`, name, at, (wanted) => this.act(renameGroup(name, wanted)));

  group = (at: Point): void =>
    this.#ask("Name of the group", "group", at, async (name) => {
      const { canvas, selection } = this.#app.state;
      await this.act(makeGroup(canvas, selection, name.trim() === "" ? "group" : name.trim()));
    });

  intoGroup = (name: string): Promise<void> =>
    this.act(moveIntoGroup(this.#app.state.canvas, this.#app.state.selection, name));

  leave = (): Promise<void> => this.act(leaveGroup(this.#app.state.canvas, this.#app.state.selection));

  dissolve = (name: string): Promise<void> => this.act(dissolve(this.#app.state.canvas, name));

  repeat = (name: string, at: Point): void =>
    this.#ask("How many times?", "3", at, (count) => {
      const { canvas, value } = this.#app.state;
      const group = canvas.groups.find((group) => group.name === name);
      return this.act(group === undefined ? GONE : repeatGroup(group, value, Number(count)));
    });

  once = (name: string): Promise<void> => {
    const group = this.#app.state.canvas.groups.find((group) => group.name === name);
    return this.act(group === undefined ? GONE : onceOnly(group));
  };

  loop = (box: Box): Promise<void> => this.act(box.type === "loop" ? endLoop(box) : makeLoop(box));

  /** Turns an optional or disabled step on, or off. */
  toggle = (box: Box, key: "optional" | "disabled"): Promise<void> => {
    const path = ["steps", box.id, key];
    return this.act({
      label: `${box[key] ? "not " : ""}${key} ${box.label}`,
      edits: [box[key] ? { kind: "remove", path } : { kind: "set", path, value: true }],
    });
  };

  #ask(title: string, value: string, at: Point, done: (value: string) => Promise<void>): void {
    this.#state.popup.set({ kind: "ask", at, title, value, done: (text) => void done(text) });
  }
}

const GONE: Refused = { refused: "The group is not there any more" };
const NUDGE_MS = 400;
