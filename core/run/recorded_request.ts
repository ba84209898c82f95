import { looksSecret } from "../graph/display.ts";
import type { Selection } from "../graph/selection.ts";
import { Float, pyStr, type Value } from "../yaml/value.ts";
import type { RunRequest } from "./session/request.ts";

/** What of a request is kept with its run: enough to ask again. Values are texts, as they may be typed. */
export interface RecordedRequest {
  readonly selection: Selection;
  readonly include: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
  readonly extra: readonly string[];
}

/** Stands for a value that is not kept. */
export const HIDDEN = "***";

/** A request as it is kept. Values of parameters that look secret are left out. */
export function recordOf(request: RunRequest): Readonly<Record<string, unknown>> {
  const { selection, include, overrides, extra } = request;
  const texts = [...overrides.parameters].map(([name, value]) => [name, looksSecret(name) ? HIDDEN : typed(value)]);
  const recorded: RecordedRequest = {
    selection,
    include,
    parameters: Object.fromEntries(texts),
    data: Object.fromEntries(overrides.data),
    extra,
  };
  return { ...recorded };
}

/** A value as it is typed after `--set name=`: only a text with a point in it is read as a float. */
function typed(value: Value): string {
  const text = pyStr(value);
  return value instanceof Float && !text.includes(".") ? text.replace(/^(-?\d+)e/, "$1.0e") : text;
}
