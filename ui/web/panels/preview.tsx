import { useEffect, useRef, useState } from "react";
import { isHere } from "../../graph/previews.ts";
import type { Preview as Shown } from "../api/types.ts";
import { previewOf } from "../state/previews.ts";
import { useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import "./preview.css";

/** A small look into the file of a data entry; nothing, if there is none. Made anew when the file changes. */
export function Preview({ dataKey }: { readonly dataKey: string }) {
  const shown = usePreview(dataKey);
  return shown === undefined ? null : (
    <div className="preview">
      <Small shown={shown} dataKey={dataKey} />
    </div>
  );
}

/** What is shown of an entry, as its file stands now. */
export function usePreview(key: string, file?: string): Shown | undefined {
  const { data } = useSides();
  const path = useAppState(({ document }) => document?.path);
  const fact = useStore(data, ({ facts }) => facts.get(key));
  const version = useStore(data, ({ versions }) => versions.get(key) ?? 0);
  const [shown, setShown] = useState<Shown>();
  const isThere = fact !== undefined && isHere(fact);
  const stamp = `${version} ${fact?.mtime} ${fact?.size}`;
  useEffect(() => {
    let isOver = false;
    if (!isThere || path === undefined) return setShown(undefined);
    void previewOf({ path, key, file }, stamp).then((it) => isOver || setShown(it));
    return () => void (isOver = true);
  }, [path, key, file, isThere, stamp]);
  return shown;
}

function Small({ shown, dataKey }: { readonly shown: Shown; readonly dataKey: string }) {
  switch (shown.kind) {
    case "image":
      return <img src={shown.url} alt={`Preview of ${dataKey}`} draggable={false} decoding="async" />;
    case "video":
      return <Frame url={shown.url} name={dataKey} />;
    case "table":
      return <TableHead shown={shown} />;
    case "text":
    case "json":
      return <pre>{shown.lines.join("\n")}{shown.truncated ? "\n…" : ""}</pre>;
    case "folder":
      return <FolderLook shown={shown} dataKey={dataKey} />;
  }
}

const SHOWN = { columns: 4, rows: 4 };

/** The names of the first columns, and what stands below them. */
function TableHead({ shown: { columns, rows, truncated } }: {
  readonly shown: Extract<Shown, { kind: "table" }>;
}) {
  const isWide = columns.length > SHOWN.columns;
  const cells = (row: readonly string[]) => columns.slice(0, SHOWN.columns).map((_, at) => row[at]);
  return (
    <table>
      <thead>
        <tr>
          {cells(columns).map((name, at) => <th key={at} scope="col">{name}</th>)}
          {isWide && <th aria-label={`and ${columns.length - SHOWN.columns} more`}>…</th>}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, SHOWN.rows).map((row, index) => (
          <tr key={index}>{cells(row).map((cell, at) => <td key={at}>{cell}</td>)}</tr>
        ))}
        {(truncated || rows.length > SHOWN.rows) && (
          <tr>
            <td>…</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** The frame in the middle of a video, as a picture: the video itself is let go of. */
function Frame({ url, name }: { readonly url: string; readonly name: string }) {
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const video = document.createElement("video");
    const middle = () => {
      video.currentTime = Number.isFinite(video.duration) ? video.duration / 2 : 0;
    };
    const draw = () => {
      const { videoWidth: width, videoHeight: height } = video;
      const scale = 2 * Math.min(120 / width, 80 / height);
      const canvas = place.current;
      if (canvas === null || !Number.isFinite(scale)) return;
      [canvas.width, canvas.height] = [width * scale, height * scale];
      canvas.getContext("2d")!.drawImage(video, 0, 0, canvas.width, canvas.height);
      canvas.classList.add("drawn");
      video.removeAttribute("src");
      video.load();
    };
    video.addEventListener("loadedmetadata", middle);
    video.addEventListener("seeked", draw);
    Object.assign(video, { muted: true, preload: "auto", src: url });
    return () => {
      video.removeEventListener("seeked", draw);
      video.removeAttribute("src");
    };
  }, [url]);
  return <canvas ref={place} role="img" aria-label={`A frame of ${name}`} />;
}

const PICTURE = /\.(png|jpe?g|gif|webp|svg|bmp|avif)$/i;

/** How many files, and the first picture among them. */
function FolderLook({ shown, dataKey }: {
  readonly shown: Extract<Shown, { kind: "folder" }>;
  readonly dataKey: string;
}) {
  const first = shown.files.find(({ path }) => PICTURE.test(path))?.path;
  const look = usePreview(dataKey, first);
  return (
    <>
      {first !== undefined && look?.kind === "image" && <img src={look.url} alt={`${first} in ${dataKey}`} />}
      <span className="count">{shown.total} {shown.total === 1 ? "file" : "files"}</span>
    </>
  );
}
