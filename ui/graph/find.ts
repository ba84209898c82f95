/**
 * Finding boxes by a few letters: by their names, and by paths, scripts, arguments and values.
 *
 * @module
 */

import type { Box } from "./canvas.ts";
import { fit } from "./fuzzy.ts";

/** A box that fits. */
export interface Found {
  readonly box: Box;
  /** What fits, if it is not the name: `path in/a.csv`, `--lr 0.1`. */
  readonly where?: string;
}

/** What is found by its name comes first, whatever else fits. */
const BY_NAME = 1_000_000;

/** Boxes that fit, the best first; copies of a parameter are found as the parameter. Without letters all of them. */
export function findBoxes(letters: string, boxes: readonly Box[]): readonly Found[] {
  const wanted = letters.trim().toLowerCase();
  const own = boxes.filter(({ copyOf }) => copyOf === undefined);
  if (wanted === "") return own.map((box) => ({ box }));
  const found = own.flatMap((box): (Found & { readonly score: number })[] => {
    const name = nameFit(wanted, box.label);
    if (name !== undefined) return [{ box, score: BY_NAME + name }];
    const where = wordsOf(box).find((words) => words.toLowerCase().includes(wanted));
    return where === undefined ? [] : [{ box, where, score: -where.length }];
  });
  return found.sort((a, b) => b.score - a.score).map(({ box, where }) => ({ box, where }));
}

/** A name that has the letters in one piece is meant before one that only has them in order. */
function nameFit(wanted: string, name: string): number | undefined {
  const score = fit(wanted, name);
  if (score === undefined) return undefined;
  const at = name.toLowerCase().indexOf(wanted);
  return at < 0 ? score : score + (at === 0 ? 2_000 : 1_000);
}

const DETAIL = { step: "task", data: "path", parameter: "value" } as const;

function wordsOf({ kind, detail, handles, more = [], group }: Box): readonly string[] {
  return [
    `${DETAIL[kind]} ${detail}`,
    ...[...handles, ...more].flatMap(({ name, text, reference }) => {
      const value = reference ?? text;
      return value === undefined || value === "" ? [] : [`${name} ${value}`];
    }),
    ...(group === undefined ? [] : [`group ${group}`]),
  ];
}
