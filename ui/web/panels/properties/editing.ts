/**
 * Changing one thing of a step, an entry or a group: each becomes an edit of the file.
 *
 * @module
 */

import type { TypedValue } from "../../../../core/edit/mod.ts";
import type { YamlPath } from "../../../../core/errors.ts";
import type { Value } from "../../../../core/graph/text/mod.ts";
import { within } from "../../../graph/values.ts";
import { useApp, useAppState } from "../../state/use_app.ts";

/** Changes below one place of the file. */
export interface Editing {
  /** What stands there now. */
  readonly raw: Value | undefined;
  at(...place: readonly string[]): Value | undefined;
  set(place: readonly string[], typed: TypedValue): void;
  /** A text; an empty one takes the key away. */
  put(place: readonly string[], text: string): void;
  remove(place: readonly string[]): void;
}

/** Changes of the step, entry or group `name`, which edits call `path` and which stands at `at`. */
export function useEditing(name: string, path: readonly string[], at: YamlPath): Editing {
  const app = useApp();
  const value = useAppState(({ value }) => value);
  const raw = at.reduce<Value | undefined>(within, value);
  const act = (place: readonly string[], typed: TypedValue | undefined) => {
    const whole = [...path, ...place];
    const edit = typed === undefined
      ? { kind: "remove", path: whole } as const
      : { kind: "set", path: whole, ...typed } as const;
    const label = `${typed === undefined ? "remove" : "change"} ${[name, ...place].join(" ")}`;
    void app.act({ label, edits: [edit] }, typed === undefined ? undefined : JSON.stringify(whole));
  };
  return {
    raw,
    at: (...place) => place.reduce<Value | undefined>(within, raw),
    set: act,
    put: (place, text) => act(place, text === "" ? undefined : { value: text }),
    remove: (place) => act(place, undefined),
  };
}

/** The keys of a map, as text. */
export function keysOf(value: Value | undefined): readonly string[] {
  return value instanceof Map ? [...value.keys()].map(String) : [];
}
