import type { Edit } from "../../../../core/edit/mod.ts";
import type { DataEntry } from "../../../../core/graph/pipeline.ts";
import type { Value } from "../../../../core/graph/text/mod.ts";
import { within } from "../../../graph/values.ts";
import { useApp, useAppState } from "../../state/use_app.ts";

/** Changes one key of an entry; nothing, or `false`, takes it away. One that is a mere path becomes a map first. */
export function useDataEditing({ key, at }: DataEntry): (field: string, value: string | boolean) => void {
  const app = useApp();
  const raw = useAppState(({ value }) => at.reduce<Value | undefined>(within, value));
  return (field, value) => {
    const edit = dataEdit(at.map(String), raw, field, value);
    if (edit === undefined) return;
    void app.act({ label: `change ${field} of ${key}`, edits: [edit] }, `data ${key} ${field}`);
  };
}

function dataEdit(
  place: readonly string[],
  raw: Value | undefined,
  field: string,
  value: string | boolean,
): Edit | undefined {
  const isGone = value === false || (value === "" && field !== "path");
  if (raw instanceof Map) {
    const path = [...place, field];
    if (!isGone) return { kind: "set", path, value };
    return raw.has(field) ? { kind: "remove", path } : undefined;
  }
  if (isGone) return undefined;
  const map = new Map<Value, Value>([["path", raw ?? ""], [field, value]]);
  return { kind: "set", path: place, value: field === "path" ? value : map };
}
