import { useMemo } from "react";
import { type ComparedJson, compareJson } from "../../graph/table_diff.ts";

/** Characters of a value that are shown. */
const LONGEST = 200;

/** Two JSON values as one tree; what differs is open. */
export function JsonTree({ before, after }: { readonly before: string; readonly after: string }) {
  const compared = useMemo(() => parsed(before, after), [before, after]);
  if (typeof compared === "string") return <p className="view-error">{compared}</p>;
  if (compared.kind === "same") return <p>Both are the same.</p>;
  return (
    <ul className="json-tree">
      <Place place={compared} />
    </ul>
  );
}

function parsed(before: string, after: string): ComparedJson | string {
  try {
    return compareJson("", JSON.parse(before), JSON.parse(after));
  } catch (error) {
    return `One of them is no JSON: ${(error as Error).message}`;
  }
}

function Place({ place: { name, kind, before, after, inside } }: { readonly place: ComparedJson }) {
  if (kind === "inside") {
    return (
      <li>
        <details open>
          <summary className="mono">{name || "value"}</summary>
          <ul>{inside.map((place) => <Place key={place.name} place={place} />)}</ul>
        </details>
      </li>
    );
  }
  return (
    <li className={`mono ${kind}`}>
      {name}: {before !== undefined && <del>{cut(before)}</del>}{" "}
      {after !== undefined && (kind === "same" ? cut(after) : <ins>{cut(after)}</ins>)}
    </li>
  );
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
