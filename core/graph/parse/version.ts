/**
 * The `version` of a pipeline file.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Section } from "./section.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

/** Keys that say how the editor shows a pipeline and never reach a step. */
const EDITOR_KEYS: ReadonlySet<Value> = new Set(["layout", "editor"]);

/**
 * Version 1 or 2. They differ in what `${name}` and `$$` mean, and this release knows the meaning of version 1 only:
 * under version 2 each such text is an error, because reading it as version 1 would run something else than was meant.
 */
export function parseVersion(top: Section): 1 | 2 {
  const version = top.get("version") ?? 1;
  if (version === 2) refuseInterpolation(top);
  if (version === 1 || version === 2) return version;
  top.mismatch("version", "1 or 2", { code: "invalid-version", hint: "leave it out for version 1" });
  return 1;
}

function refuseInterpolation(top: Section): void {
  for (const { text, path } of textsOf(top)) {
    if (!/\$[{$]/.test(text)) continue;
    const message = `'${text.slice(0, 60)}' needs the interpolation of version 2, which this release does not support`;
    const hint = "remove 'version: 2'; then ${NAME} is an environment variable";
    top.error({ code: "not-supported", message, hint, under: path });
  }
}

/** Every text of the file. Shared values are looked at once; no recursion, so that no depth is too deep. */
function* textsOf(top: Section): Generator<{ readonly text: string; readonly path: YamlPath }> {
  const seen = new Set<Value>();
  const open: { readonly value: Value; readonly path: YamlPath }[] = [];
  for (const [key, value] of top.values) {
    if (!EDITOR_KEYS.has(key)) open.push({ value, path: [pathKey(key)] });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === "string") yield { text: value, path };
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) value.forEach((item, index) => open.push({ value: item, path: [...path, index] }));
    if (value instanceof Map) {
      for (const [key, item] of value) open.push({ value: item, path: [...path, pathKey(key)] });
    }
  }
}

function pathKey(key: Value): string {
  return typeof key === "string" ? key : pyStr(key);
}
