import { useEffect, useMemo, useState } from "react";
import { outputFile, outputsOf, type RunOutput } from "../api/runs.ts";
import { ImageSlider } from "./image_slider.tsx";
import { JsonTree } from "./json_tree.tsx";
import { TableDiff } from "./table_diff.tsx";
import { useAsked } from "./use_asked.ts";

/** A run, or one point of it. */
interface Side {
  readonly run: string;
  readonly point?: string;
}

interface Pair {
  readonly name: string;
  readonly a: RunOutput;
  readonly b: RunOutput;
}

/** Outputs that both have, side by side: images under a slider, tables cell by cell, JSON as a tree. */
export function CompareOutputs({ a, b, path }: { readonly a: Side; readonly b: Side; readonly path: string }) {
  const key = JSON.stringify([a, b]);
  const { value, error } = useAsked(key, async () => {
    const [first, second] = await Promise.all([a, b].map(({ run, point }) => outputsOf(run, { path, point })));
    return pairsOf([first, a], [second, b]);
  });
  const [name, setName] = useState<string>();
  const chosen = value?.find((pair) => pair.name === name) ??
    value?.find((pair) => isShowable(pair) && differs(pair)) ??
    value?.find(differs) ?? value?.[0];
  return (
    <section className="compare-section">
      <h2>Side by side</h2>
      {error && <p className="view-error" role="alert">{error}</p>}
      {value?.length === 0 && <p>They have no outputs in common.</p>}
      {value !== undefined && value.length > 0 && (
        <>
          <label>
            Output{" "}
            <select value={chosen?.name ?? ""} onChange={(event) => setName(event.currentTarget.value)}>
              {value.map((pair) => (
                <option key={pair.name} value={pair.name}>{pair.name}{differs(pair) ? "" : " (the same)"}</option>
              ))}
            </select>
          </label>
          {chosen && <Contents key={key + chosen.name} pair={chosen} a={a} b={b} path={path} />}
        </>
      )}
    </section>
  );
}

/** The folder of a point stands for that of any point. */
function pairsOf(
  [first, a]: readonly [readonly RunOutput[], Side],
  [second, b]: readonly [readonly RunOutput[], Side],
) {
  const neutral = (path: string, { point }: Side) => point === undefined ? path : path.replaceAll(point, "{point}");
  const others = new Map(second.map((output) => [neutral(output.path, b), output]));
  return first.flatMap((output): Pair[] => {
    const name = neutral(output.path, a);
    const other = others.get(name);
    return other === undefined ? [] : [{ name, a: output, b: other }];
  });
}

function isShowable({ a, b }: Pair): boolean {
  return a.same && b.same && a.kind === "file" && b.kind === "file";
}

function differs({ a, b }: Pair): boolean {
  return a.digest !== b.digest;
}

interface ContentsProps {
  readonly pair: Pair;
  readonly a: Side;
  readonly b: Side;
  readonly path: string;
}

function Contents({ pair, a, b, path }: ContentsProps) {
  const gone = [pair.a, pair.b].map(whyNot);
  const isThere = gone.every((why) => why === undefined);
  const { value, error } = useAsked(isThere && differs(pair) ? pair.name : undefined, () =>
    Promise.all([
      outputFile(a.run, { path, point: a.point, file: pair.a.path }),
      outputFile(b.run, { path, point: b.point, file: pair.b.path }),
    ]));
  if (!differs(pair)) return <p>Both made the same: {pair.a.digest.slice(0, 12)}.</p>;
  if (!isThere) {
    return (
      <p>
        {gone[0] && <>Before: {gone[0]}.{" "}</>}
        {gone[1] && <>After: {gone[1]}.</>}
      </p>
    );
  }
  if (error !== undefined) return <p className="view-error" role="alert">{error}</p>;
  return value === undefined ? null : <Shown name={pair.name} blobs={value} />;
}

function whyNot({ kind, same }: RunOutput): string | undefined {
  if (kind === "absent") return "it is no longer there";
  if (kind !== "file") return "it is a folder";
  return same ? undefined : "a later run has written over it; only its digest was kept";
}

const IMAGES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
};

function Shown({ name, blobs }: { readonly name: string; readonly blobs: readonly Blob[] }) {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (ending in IMAGES) return <Images blobs={blobs} type={IMAGES[ending]} />;
  return <Texts ending={ending} blobs={blobs} />;
}

function Images({ blobs, type }: { readonly blobs: readonly Blob[]; readonly type: string }) {
  const urls = useMemo(() => blobs.map((blob) => URL.createObjectURL(new Blob([blob], { type }))), [blobs, type]);
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls]);
  return <ImageSlider before={urls[0]} after={urls[1]} />;
}

/** Characters that are shown of a text that is neither table nor JSON. */
const MOST_TEXT = 20_000;

function Texts({ ending, blobs }: { readonly ending: string; readonly blobs: readonly Blob[] }) {
  const { value } = useAsked(ending, () => Promise.all(blobs.map((blob) => blob.text())));
  if (value === undefined) return null;
  const [before, after] = value;
  if (ending === "csv" || ending === "tsv") {
    return <TableDiff before={before} after={after} mark={ending === "tsv" ? "\t" : ","} />;
  }
  if (ending === "json") return <JsonTree before={before} after={after} />;
  return (
    <div className="side-by-side">
      {value.map((text, i) => <pre key={i}>{text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}\n…` : text}</pre>)}
    </div>
  );
}
