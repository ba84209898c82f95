/**
 * The page's colours, for what is painted and not styled.
 *
 * @module
 */

import { useMemo } from "react";
import { mainState } from "../../graph/look.ts";
import type { Box } from "../../graph/canvas.ts";
import type { RunView } from "../../graph/run_view.ts";
import { useAppState } from "../state/use_app.ts";
import { useTheme } from "../state/theme.ts";
import type { Colors } from "./painter.ts";

/** Colours of the page as it is now. */
export function useColors(): Colors & { state(word: string): string | undefined } {
  const theme = useTheme();
  return useMemo(() => {
    document.documentElement.dataset.theme = theme;
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const states: Readonly<Record<string, string>> = {
      fresh: color("good"),
      done: color("good"),
      stale: color("warn"),
      modified: color("warn"),
      failed: color("bad"),
      running: color("running"),
      missing: color("line-strong"),
    };
    return {
      panel: color("panel"),
      border: color("line"),
      ink: color("ink"),
      edge: color("line-strong"),
      accent: color("accent"),
      far: { step: color("far-step"), data: color("far-data"), parameter: color("far-parameter") },
      kinds: { step: color("step"), data: color("data"), parameter: color("parameter") },
      state: (word: string) => states[word],
    };
  }, [theme]);
}

/** The colour of a box's state; `undefined` without one. */
export function useStateColor(): { readonly colors: Colors; stateOf(box: Box): string | undefined } {
  const colors = useColors();
  const status = useAppState(({ status }) => status);
  const run = useAppState(({ run }) => run);
  const groups = useAppState(({ canvas }) => canvas.groups);
  return useMemo(() => {
    const repeated = new Set(groups.filter(({ isRepeated }) => isRepeated).map(({ name }) => name));
    return { colors, stateOf: (box: Box) => stateColor(box, { status, run, repeated, colors }) };
  }, [colors, status, run, groups]);
}

function stateColor(
  { id, kind, group }: Box,
  { status, run, repeated, colors }: {
    readonly status: ReadonlyMap<string, { readonly state: string }>;
    readonly run: RunView | undefined;
    readonly repeated: ReadonlySet<string>;
    readonly colors: ReturnType<typeof useColors>;
  },
): string | undefined {
  if (kind !== "step") return undefined;
  const name = group !== undefined && repeated.has(group) ? group : id;
  return colors.state(mainState({ freshness: status.get(name)?.state, step: run?.steps.get(name) }));
}
