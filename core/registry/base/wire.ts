/**
 * How what is no data crosses to a plugin: functions and signals become marks, and what they mean stays with the call.
 *
 * @module
 */

/** Stands for a function: the service of the call with this name. */
export interface CallbackMark {
  readonly $callback: string;
}

/** Stands for the signal of the call. */
export interface SignalMark {
  readonly $signal: true;
}

/** Whether it is one. */
export function isSignalMark(value: unknown): value is SignalMark {
  return typeof value === "object" && value !== null && "$signal" in value;
}

/** What answers a mark. */
export type Services = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Arguments as they cross, and what their marks stand for. */
export interface Packed {
  readonly args: readonly unknown[];
  readonly services: Services;
  readonly signal?: AbortSignal;
}

/** How deep functions are looked for: a context, and its members' methods. */
const MAX_DEPTH = 3;

/**
 * Arguments of a call with their functions and signal taken out. A function is named by the place it was at, such as
 * `1` or `5.complete`; members that are `undefined` are left out.
 *
 * @example Usage
 * ```ts
 * import { packArguments } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const { args, services } = packArguments(["a", (text: string) => text.length, { signal: undefined }]);
 * deepEqual(args, ["a", { $callback: "1" }, {}]);
 * deepEqual(Object.keys(services), ["1"]);
 * ```
 */
export function packArguments(given: readonly unknown[]): Packed {
  const services: Record<string, (...args: never[]) => unknown> = {};
  let signal: AbortSignal | undefined;
  const pack = (value: unknown, place: string, depth: number): unknown => {
    if (typeof value === "function") {
      services[place] = value as (...args: never[]) => unknown;
      return { $callback: place };
    }
    if (value instanceof AbortSignal) {
      signal = value;
      return { $signal: true };
    }
    if (depth === MAX_DEPTH || typeof value !== "object" || value === null || Array.isArray(value)) return value;
    if (value instanceof Uint8Array) return value;
    const members = membersOf(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, pack(member, `${place}.${key}`, depth + 1)]));
  };
  const args = given.map((value, index) => pack(value, String(index), 0));
  return { args, services, ...(signal !== undefined && { signal }) };
}

/** What the marks in arguments mean where they have arrived. */
export interface Unpacking {
  readonly services: Services;
  readonly signal: AbortSignal;
}

/** Arguments as they were before {@linkcode packArguments}. */
export function unpackArguments(args: readonly unknown[], { services, signal }: Unpacking): readonly unknown[] {
  const unpack = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return value;
    if (Array.isArray(value) || value instanceof Uint8Array) return value;
    if (isSignalMark(value)) return signal;
    if ("$callback" in value) return services[String(value.$callback)];
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unpack(member, depth + 1)]));
  };
  return args.map((value) => unpack(value, 0));
}

/** Own members, and methods of its class: a workspace may be made either way. */
function membersOf(value: object): readonly (readonly [string, unknown])[] {
  const own = Object.entries(value);
  const above = Object.getPrototypeOf(value);
  if (above === null || Object.getPrototypeOf(above) === null) return own;
  const methods = Object.getOwnPropertyNames(above).filter((key) => key !== "constructor");
  const bound = methods.map((key) => [key, memberOf(value, key)] as const);
  return [...own, ...bound];
}

function memberOf(value: object, key: string): unknown {
  const member: unknown = Reflect.get(value, key);
  return typeof member === "function" ? member.bind(value) : member;
}
