/**
 * What differs between two JSON values.
 *
 * @module
 */

/** One place in which they differ; a member that is absent is not there. */
export interface Difference {
  /** `state.items[2].when`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** All places, in order of the members; lists are compared place by place. */
export function differencesOf(before: unknown, after: unknown, path = "state"): readonly Difference[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const longer = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at);
    return longer.flatMap((at) => member(before, after, { key: at, path: `${path}[${at}]` }));
  }
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => member(before, after, { key, path: memberPath(path, key) }));
  }
  return Object.is(before, after) ? [] : [{ path, before, after }];
}

function member(
  before: object,
  after: object,
  { key, path }: { readonly key: string | number; readonly path: string },
): readonly Difference[] {
  const [left, right] = [before as Record<string | number, unknown>, after as Record<string | number, unknown>];
  if (!Object.hasOwn(before, key)) return [{ path, after: right[key] }];
  if (!Object.hasOwn(after, key)) return [{ path, before: left[key] }];
  return differencesOf(left[key], right[key], path);
}

function memberPath(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As lines: what went with `-`, what came with `+`. */
export function differenceLines(differences: readonly Difference[]): readonly string[] {
  return differences.flatMap((it) => [
    ...("before" in it ? [`- ${it.path} = ${JSON.stringify(it.before)}`] : []),
    ...("after" in it ? [`+ ${it.path} = ${JSON.stringify(it.after)}`] : []),
  ]);
}
