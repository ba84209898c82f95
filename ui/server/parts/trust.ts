/**
 * Whether a person has allowed that something of the opened folder is run: asked once, in the page.
 *
 * @module
 */

import type { Parts } from "./parts.ts";
import { refusal } from "../base/refusal.ts";

/** Remembers folders, absolute. */
export interface TrustStore {
  has(folder: string): boolean;
  add(folder: string): void;
}

/** One that forgets when the server ends. */
export function brieflyTrusted(): TrustStore {
  const folders = new Set<string>();
  return { has: (folder) => folders.has(folder), add: (folder) => void folders.add(folder) };
}

/** Whether it is allowed. */
export function isTrusted({ trust, place }: Pick<Parts, "trust" | "place">): boolean {
  return trust.has(place.root);
}

/**
 * Stands before everything that starts a program.
 *
 * @throws {LoomError} Status 403, `not-trusted`.
 */
export function requireTrust(parts: Pick<Parts, "trust" | "place">): void {
  if (isTrusted(parts)) return;
  throw refusal(
    403,
    "not-trusted",
    `Nothing of ${parts.place.root} has been run from here before`,
    "look at what it would run, and allow it",
    { folder: parts.place.root },
  );
}
