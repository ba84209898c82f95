import { useEffect, useState } from "react";
import { ask, ServerError } from "../../api/client.ts";
import type { CheckedPath } from "../../api/types.ts";
import { Field } from "../../kit/field.tsx";
import { useAppState } from "../../state/use_app.ts";

/** A path is looked for when typing pauses this long. */
const PAUSE_MS = 500;

/** What is known of a path, or why nothing is. */
type Checked = { readonly of: string } & (CheckedPath | { readonly untold: string });

/** A path, and what is there. */
export function PathField({ path, nestedIn, onChange }: {
  readonly path: string;
  readonly nestedIn?: string;
  readonly onChange: (text: string) => void;
}) {
  const pipeline = useAppState(({ document }) => document?.path);
  const isLinked = useAppState(({ isLinked }) => isLinked);
  const digest = useAppState(({ document }) => document?.base.digest);
  const [found, setFound] = useState<Checked>();
  useEffect(() => {
    if (path === "" || pipeline === undefined) return setFound(undefined);
    let isOver = false;
    const timer = setTimeout(async () => {
      try {
        const answer = await ask("GET /api/check-path", { query: { path: pipeline, text: path, nested_in: nestedIn } });
        if (!isOver) setFound({ ...answer, of: path });
      } catch (error) {
        // The pipeline on the disk is asked: it may be broken or gone, or the container not saved yet.
        const why = error instanceof ServerError ? error.message : "the server cannot be reached";
        if (!isOver) setFound({ of: path, untold: why });
      }
    }, PAUSE_MS);
    return () => (isOver = true, clearTimeout(timer));
  }, [path, nestedIn, pipeline, isLinked, digest]);
  const known = found?.of === path ? found : undefined;
  return (
    <Field
      label="Path"
      value={path}
      placeholder="a path, or an address"
      hint={path === "" ? "It has no path yet" : known === undefined ? "…" : wordsOf(known)}
      error={known !== undefined && "exists" in known ? known.problem : undefined}
      onChange={onChange}
    />
  );
}

function wordsOf(checked: Checked): string {
  if (!("exists" in checked)) return `What is there cannot be told now: ${checked.untold}`;
  const { exists, kind, resolved, inside } = checked;
  const where = inside === false ? `${resolved}, outside the folder that was opened` : resolved;
  if (exists === "exists") return `There is a ${kind === "url" ? "page" : kind} at ${where}`;
  return exists === "missing" ? `Nothing is there yet: ${where}` : `${where}`;
}
