import { useEffect, useState } from "react";
import { ask, ServerError } from "../../api/client.ts";
import type { CheckedPath } from "../../api/types.ts";
import { Field } from "../../kit/field.tsx";
import { useAppState } from "../../state/use_app.ts";

/** A path is looked for when typing pauses this long. */
const PAUSE_MS = 500;

/** A path, and what is there. */
export function PathField({ path, nestedIn, onChange }: {
  readonly path: string;
  readonly nestedIn?: string;
  readonly onChange: (text: string) => void;
}) {
  const pipeline = useAppState(({ document }) => document?.path);
  const [found, setFound] = useState<CheckedPath & { readonly of: string }>();
  useEffect(() => {
    if (path === "" || pipeline === undefined) return setFound(undefined);
    let isOver = false;
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ path: pipeline, text: path, ...(nestedIn && { nested_in: nestedIn }) });
      try {
        const answer = await ask<CheckedPath>(`/api/check-path?${query}`);
        if (!isOver) setFound({ ...answer, of: path });
      } catch (error) {
        // The container may not be saved yet: then nothing is said.
        if (!(error instanceof ServerError)) throw error;
      }
    }, PAUSE_MS);
    return () => (isOver = true, clearTimeout(timer));
  }, [path, nestedIn, pipeline]);
  const known = found?.of === path ? found : undefined;
  return (
    <Field
      label="Path"
      value={path}
      placeholder="a path, or an address"
      hint={path === "" ? "It has no path yet" : known === undefined ? "…" : wordsOf(known)}
      error={known?.problem}
      onChange={onChange}
    />
  );
}

function wordsOf({ exists, kind, resolved, inside }: CheckedPath): string {
  const where = inside === false ? `${resolved}, outside the folder that was opened` : resolved;
  if (exists === "exists") return `There is a ${kind === "url" ? "page" : kind} at ${where}`;
  return exists === "missing" ? `Nothing is there yet: ${where}` : `${where}`;
}
