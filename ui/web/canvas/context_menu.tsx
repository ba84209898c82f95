import { type KeyboardEvent, useEffect, useRef } from "react";
import { ALIGNMENTS } from "../../graph/align.ts";
import { nameOf } from "../../graph/boxes.ts";
import type { Box, Canvas } from "../../graph/canvas.ts";
import { shownText } from "../../graph/shown_text.ts";
import type { Point } from "../../graph/sizes.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { openBox } from "../state/open_data.ts";
import { useSides } from "../state/use_sides.ts";
import type { Actions } from "./actions.ts";
import { useCanvasState } from "./canvas_state.ts";
import { focusCanvas } from "./focus.ts";

interface Item {
  readonly label: string;
  readonly key?: string;
  readonly onPick: () => void;
}

/** What can be done with the file of a data entry, by its key. */
interface DataDeeds {
  look(key: string): void;
  open(key: string): void;
}

type Items = readonly (Item | "line")[];

/** What can be done here: with the selection, with a line, with a group, or with the empty canvas. */
export function ContextMenu(
  { at, group, line, actions }: {
    readonly at: Point;
    readonly group?: string;
    readonly line?: string;
    readonly actions: Actions;
  },
) {
  const canvas = useAppState(({ canvas }) => canvas);
  const state = useCanvasState();
  const app = useApp();
  const sides = useSides();
  const data: DataDeeds = {
    look: (key) => void sides.dialogs.ask({ kind: "preview", key }),
    open: (key) => void openBox(app, sides.data, key),
  };
  const place = useRef<HTMLDivElement>(null);
  const close = () => (state.popup.set(undefined), focusCanvas());
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("button")?.focus();
    const elsewhere = (event: Event) => place.current?.contains(event.target as Node) || state.popup.set(undefined);
    addEventListener("pointerdown", elsewhere, true);
    return () => removeEventListener("pointerdown", elsewhere, true);
  }, [state]);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") return event.preventDefault(), close();
    const lines = [...place.current!.querySelectorAll<HTMLElement>("button")];
    const now = lines.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    lines.at(to % lines.length)?.focus();
  };
  const open = (popup: "hotbox") => state.popup.set({ kind: popup, at });
  const items = line !== undefined
    ? lineItems(canvas, line, actions)
    : [...groupItems(canvas, group, { actions, at }), ...boxItems(canvas, { actions, at, state, data, group }), {
      label: "Add here …",
      key: "Tab",
      onPick: () => open("hotbox"),
    }, { label: "Paste here", key: "Ctrl+V", onPick: () => void actions.paste(at) }] as Items;
  return (
    <div
      className="menu context-menu"
      role="menu"
      aria-label="What can be done here"
      ref={place}
      style={{
        left: Math.min(at.x, innerWidth - 260),
        top: Math.max(8, Math.min(at.y, innerHeight - items.length * 31)),
      }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map((item, index) =>
        item === "line" ? <hr key={index} /> : (
          <button
            type="button"
            role="menuitem"
            key={item.label}
            tabIndex={-1}
            onClick={() => {
              close();
              item.onPick();
            }}
          >
            <span title={shownText(item.label)}>{shownText(item.label)}</span>
            {item.key !== undefined && <kbd>{item.key}</kbd>}
          </button>
        )
      )}
    </div>
  );
}

function lineItems({ lines }: Canvas, id: string, actions: Actions): Items {
  const line = lines.find((line) => line.id === id);
  return line === undefined ? [] : [{ label: "Remove the line", key: "Del", onPick: () => void actions.cut([line]) }];
}

function groupItems(
  { groups }: Canvas,
  name: string | undefined,
  { actions, at }: { readonly actions: Actions; readonly at: Point },
): Items {
  const group = groups.find((group) => group.name === name);
  if (group === undefined) return [];
  const often: Item = { label: "Repeat the group …", onPick: () => actions.repeat(group.name, at) };
  const once: Item = { label: "Run the group once only", onPick: () => void actions.once(group.name) };
  return [
    { label: "Rename the group …", onPick: () => actions.renameGroup(group.name, at) },
    ...(group.isRepeated ? [{ ...often, label: "Repeat it otherwise …" }, once] : [often]),
    { label: "Dissolve the group", onPick: () => void actions.dissolve(group.name) },
    "line",
  ];
}

function boxItems(
  { groups }: Canvas,
  { actions, at, state, data, group }: {
    readonly data: DataDeeds;
    readonly actions: Actions;
    readonly at: Point;
    readonly state: ReturnType<typeof useCanvasState>;
    readonly group?: string;
  },
): Items {
  const boxes = actions.selected;
  if (boxes.length === 0) return [];
  const steps = boxes.filter(({ kind }) => kind === "step");
  const others = groups.filter(({ name }) => name !== group && steps.some((step) => step.group !== name));
  return [
    ...(boxes.length === 1 ? oneItems(boxes[0], { actions, at, state, data }) : []),
    ...(steps.length > 0 && group === undefined
      ? [{ label: "Make a group …", key: "Ctrl+G", onPick: () => actions.group(at) }]
      : []),
    ...(steps.length > 0 && group === undefined
      ? others.slice(0, 5).map(({ name }): Item => ({
        label: `Put into ${name}`,
        onPick: () => void actions.intoGroup(name),
      }))
      : []),
    ...(steps.some((step) => step.group !== undefined) && group === undefined
      ? [{ label: "Take out of the group", onPick: () => void actions.leave() }]
      : []),
    ...(boxes.length > 1 && group === undefined
      ? Array.from(ALIGNMENTS, ([how, label]): Item => ({ label, onPick: () => void actions.align(how) }))
      : []),
    "line",
    { label: "Copy", key: "Ctrl+C", onPick: () => void actions.copy() },
    { label: "Remove", key: "Del", onPick: () => void actions.remove() },
    "line",
  ];
}

function oneItems(
  box: Box,
  { actions, at, state, data }: {
    readonly data: DataDeeds;
    readonly actions: Actions;
    readonly at: Point;
    readonly state: ReturnType<typeof useCanvasState>;
  },
): Items {
  const isTask = box.kind === "step" && (box.type === "task" || box.type === "loop");
  return [
    ...(box.kind === "data"
      ? [
        ...(box.hasPreview ? [{ label: "Look into it …", onPick: () => data.look(nameOf(box)) }] : []),
        { label: "Open in the system's program", onPick: () => data.open(nameOf(box)) },
      ]
      : []),
    { label: "Rename …", key: "F2", onPick: () => actions.rename(box, at) },
    { label: "Connect …", key: "C", onPick: () => state.popup.set({ kind: "connect", at, box: box.id }) },
    ...(isTask
      ? [{
        label: box.type === "loop" ? "Run once only" : "Run for each file of a folder",
        onPick: () => void actions.loop(box),
      }]
      : []),
    ...(box.kind === "step"
      ? [
        { label: box.optional ? "Not optional" : "Optional", onPick: () => void actions.toggle(box, "optional") },
        { label: box.disabled ? "Enable" : "Disable", onPick: () => void actions.toggle(box, "disabled") },
      ]
      : []),
    "line",
  ];
}
