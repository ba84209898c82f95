import { useEffect, useState } from "react";
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
  const isThere = fact?.exists === "exists" && fact.kind !== "url";
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
      return <img src={shown.url} alt={`Preview of ${dataKey}`} draggable={false} />;
    case "video":
      return <Frame url={shown.url} name={dataKey} />;
    case "table":
      return (
        <pre>{[shown.columns, ...shown.rows.slice(0, 5)].map((row) => row.join(" │ ").slice(0, 60)).join("\n")}</pre>
      );
    case "text":
    case "json":
      return <pre>{shown.lines.join("\n")}{shown.truncated ? "\n…" : ""}</pre>;
    case "folder":
      return <FolderLook shown={shown} dataKey={dataKey} />;
  }
}

/** The frame in the middle of a video. */
function Frame({ url, name }: { readonly url: string; readonly name: string }) {
  return (
    <video
      src={url}
      preload="metadata"
      muted
      playsInline
      tabIndex={-1}
      aria-label={`A frame of ${name}`}
      onLoadedMetadata={({ currentTarget }) => {
        if (Number.isFinite(currentTarget.duration)) currentTarget.currentTime = currentTarget.duration / 2;
      }}
    />
  );
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
