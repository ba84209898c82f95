import { maskSecrets } from "../../graph/display.ts";
import { isInside } from "../../paths.ts";
import type { Store } from "../../ports/store.ts";
import { importsOf } from "../fresh/fingerprint.ts";
import type { Subject } from "../fresh/freshness.ts";
import type { Session } from "../session/session.ts";

/** Scripts are written by people; what is larger is data, or made by a program. */
const MOST_BYTES = 1024 * 1024;

/** Of each store, what this process knows to be kept in it. */
const known = new WeakMap<Store, Set<string>>();

/**
 * Keeps the texts of the script and of the modules that it imports as objects, so that it can be shown later which
 * lines have changed. Not kept: programs from elsewhere, what is no text, and what holds a secret.
 *
 * Call it in the transaction that keeps the record of the step: who removes objects that nothing refers to takes turns
 * with that.
 */
export function keepCode(
  { source }: Subject,
  digests: ReadonlyMap<string, string>,
  { store, session }: { readonly store: Store; readonly session: Session },
): void {
  const { script } = source.task;
  const { launcher } = source;
  if (launcher.words.length === 0 && !isInside(script, session.pipeline.baseDir)) return;
  for (const path of [script, ...importsOf(script, session, launcher)]) {
    keepOnce(path, digests.get(path) ?? "", { store, session });
  }
}

function keepOnce(path: string, digest: string, at: { readonly store: Store; readonly session: Session }): void {
  const { store, session } = at;
  const kept = known.get(store) ?? new Set();
  if (kept.has(digest)) return;
  known.set(store, kept.add(digest));
  if (/^[0-9a-f]{64}$/.test(digest) && !store.objects.has(digest)) keep(path, digest, { store, session });
}

function keep(path: string, digest: string, { store, session }: Parameters<typeof keepOnce>[2]): void {
  const { files } = session.context;
  if ((files.stat(path)?.sizeBytes ?? Infinity) > MOST_BYTES) return;
  const bytes = files.readBytes(path);
  // It may have changed a moment ago; then it is not what ran.
  if (bytes === undefined || bytes.includes(0) || files.digestBytes(bytes) !== digest) return;
  const text = new TextDecoder().decode(bytes);
  if (maskSecrets(text, session.secrets) === text) store.objects.putBytes(bytes);
}
