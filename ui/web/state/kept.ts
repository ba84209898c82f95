/**
 * What was changed and not saved, kept by the tab: a reload, or a server that went away, loses nothing.
 *
 * @module
 */

import { changedOnDisk, type DocumentState, isChanged } from "../../graph/document.ts";

function keyOf(root: string, path: string): string {
  return `loom-document:${root}:${path}`;
}

/** Typing is written down when it pauses. */
const PAUSE_MS = 250;

const waiting = new Map<string, DocumentState>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps a document as long as it differs from the disk. */
export function keepDocument(root: string, document: DocumentState): void {
  if (!isChanged(document)) return forgetKept(root, document.path);
  waiting.set(keyOf(root, document.path), document);
  timer ??= setTimeout(writeDown, PAUSE_MS);
}

function writeDown(): void {
  clearTimeout(timer);
  timer = undefined;
  // The way back is given up before the text is: browsers keep some megabytes for a tab.
  for (const [key, document] of waiting) put(key, document) || put(key, { ...document, past: [], future: [] });
  waiting.clear();
}

globalThis.addEventListener("pagehide", writeDown);

/** Keeps it no longer. */
export function forgetKept(root: string, path: string): void {
  const key = keyOf(root, path);
  waiting.delete(key);
  sessionStorage.removeItem(key);
}

/** A document that was read, with what is kept of it on top. */
export function takenUp(read: DocumentState, root: string, at: number): DocumentState {
  const text = sessionStorage.getItem(keyOf(root, read.path));
  const kept = text === null ? undefined : documentIn(text);
  return kept === undefined ? read : changedOnDisk(kept, read.base, at);
}

/** Times are those of another page: no change of before is put together with one of now. */
function documentIn(text: string): DocumentState | undefined {
  const kept = JSON.parse(text) as DocumentState;
  if (typeof kept?.text !== "string" || typeof kept.base?.text !== "string") return undefined;
  const alone = (changes: DocumentState["past"]) => changes.map(({ label, splice, at }) => ({ label, splice, at }));
  return { ...kept, past: alone(kept.past), future: alone(kept.future) };
}

function put(key: string, document: DocumentState): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(document));
    return true;
  } catch {
    // Full: the page goes on with what it has in memory.
    return false;
  }
}
