import { useEffect, useState } from "react";
import { IconButton } from "../kit/button.tsx";
import { outputFile, outputsOf, type RunOutput } from "../api/runs.ts";
import { bytesText } from "./format.ts";
import { useAsked } from "./use_asked.ts";

/** Letters of a text that are shown. */
const MOST_TEXT = 20_000;

const IMAGE = /\.(png|jpe?g|gif|webp|bmp|svg)$/i;

interface PointOutputsProps {
  readonly run: string;
  readonly point: string;
  readonly path: string;
  readonly onClose: () => void;
}

/** The files that a point of a sweep made, as they are now. */
export function PointOutputs({ run, point, path, onClose }: PointOutputsProps) {
  const { value, error } = useAsked(`${run} ${point}`, () => outputsOf(run, { path, point }));
  const [chosen, setChosen] = useState<string>();
  const shown = value?.find((output) => output.path === chosen);
  return (
    <section className="point-outputs" aria-label={`Files of ${point}`}>
      <div className="view-bar">
        <strong>Files of {point}</strong>
        <span className="gap" />
        <IconButton icon="close" label="Close the files" onClick={onClose} />
      </div>
      {error && <p className="view-error" role="alert">{error}</p>}
      {value?.length === 0 && <p>It made no files.</p>}
      <ul>
        {value?.map(({ path, kind, size, same }) => (
          <li key={path}>
            <button
              type="button"
              className="link-button mono"
              disabled={kind !== "file"}
              aria-pressed={path === chosen}
              onClick={() => setChosen(path === chosen ? undefined : path)}
            >
              {path}
            </button>{" "}
            {kind === "file" ? bytesText(size) : kind} {kind === "file" && !same && "(changed since)"}
          </li>
        ))}
      </ul>
      {shown && <Content key={shown.path} output={shown} run={run} point={point} path={path} />}
    </section>
  );
}

interface ContentProps {
  readonly output: RunOutput;
  readonly run: string;
  readonly point: string;
  readonly path: string;
}

function Content({ output, run, point, path }: ContentProps) {
  const name = output.path;
  const { value, error } = useAsked(`${run} ${point} ${name} ${output.digest}`, async () => {
    const blob = await outputFile(run, { path, point, file: name });
    return IMAGE.test(name)
      ? { image: blob }
      : { text: await blob.slice(0, MOST_TEXT).text(), isCut: blob.size > MOST_TEXT };
  });
  if (error) return <p className="view-error" role="alert">{error}</p>;
  if (value?.image !== undefined) return <Picture blob={value.image} name={name} />;
  return value?.text === undefined ? null : <pre>{value.text}{value.isCut ? "\n…" : ""}</pre>;
}

function Picture({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    // Of a drawing the bytes alone do not tell what they are.
    const made = URL.createObjectURL(/\.svg$/i.test(name) ? new Blob([blob], { type: "image/svg+xml" }) : blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob, name]);
  return url === undefined ? null : <img src={url} alt={name} />;
}
