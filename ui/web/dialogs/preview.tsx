import { useEffect, useState } from "react";
import type { DataFact, Preview } from "../api/types.ts";
import { bytesText } from "../kit/bytes.ts";
import { IconButton } from "../kit/button.tsx";
import { openData } from "../state/open_data.ts";
import { previewOf } from "../state/previews.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import { Dialog } from "./dialog.tsx";
import { JsonTree } from "./json_tree.tsx";
import type { Answers } from "./questions.tsx";

const ROWS = 200;
const COLUMNS = 2_000;

/** A file as large as the window: pages of a table or text, pictures one after the other, JSON as a tree. */
export default function PreviewDialog(
  { dataKey, file, answer }: Answers & { readonly dataKey: string; readonly file?: string },
) {
  const app = useApp();
  const { data } = useSides();
  const fact = useStore(data, ({ facts }) => facts.get(dataKey));
  const [at, setAt] = useState(file);
  const title = at === undefined ? fact?.label ?? dataKey : at;
  return (
    <Dialog title={title} size="full" onClose={() => answer(undefined)}>
      <div className="full-preview">
        <p className="about">
          <span className="mono">{at === undefined ? fact?.path : `${fact?.path}/${at}`}</span>
          {at === undefined && fact?.size !== undefined && <span>{bytesText(fact.size)}</span>}
          <IconButton
            icon="open"
            label="Open in the system's program"
            text="Open"
            onClick={() => void openData(app, dataKey, undefined, at)}
          />
          {at !== undefined && file === undefined && (
            <IconButton
              icon="folder"
              label="All files"
              text="All files"
              onClick={() => setAt(undefined)}
            />
          )}
        </p>
        <Pages key={at} dataKey={dataKey} file={at} fact={fact} onFile={setAt} />
      </div>
    </Dialog>
  );
}

interface PagesProps {
  readonly dataKey: string;
  readonly file: string | undefined;
  readonly fact: DataFact | undefined;
  readonly onFile: (file: string) => void;
}

/** One page after the other; looked at anew when the file changes. */
function Pages({ dataKey, file, fact, onFile }: PagesProps) {
  const { data } = useSides();
  const path = useAppState(({ document }) => document?.path)!;
  const version = useStore(data, ({ versions }) => versions.get(dataKey) ?? 0);
  const [offset, setOffset] = useState(0);
  const [shown, setShown] = useState<Preview | "nothing">();
  const stamp = `${version} ${fact?.mtime} ${fact?.size}`;
  useEffect(() => {
    let isOver = false;
    const limit = fact?.kind === "folder" && file === undefined ? 2_000 : ROWS;
    const wish = { path, key: dataKey, file, offset, limit, columns: COLUMNS };
    void previewOf(wish, stamp).then((it) => isOver || setShown(it ?? "nothing"));
    return () => void (isOver = true);
  }, [path, dataKey, file, offset, stamp]);
  if (shown === undefined) return <p className="none">Reading…</p>;
  if (shown === "nothing") return <p>There is no way to show this here. Open it in the system's program.</p>;
  return (
    <>
      <Page shown={shown} wish={{ path, dataKey, file }} onFile={onFile} />
      {"total" in shown && shown.kind !== "folder" && (
        <Pager
          offset={offset}
          count={countOf(shown)}
          total={shown.total}
          isMore={shown.truncated}
          onOffset={setOffset}
        />
      )}
      {file !== undefined && fact?.kind === "folder" && <Siblings dataKey={dataKey} file={file} onFile={onFile} />}
    </>
  );
}

function countOf(shown: Preview): number {
  return shown.kind === "table" ? shown.rows.length : "lines" in shown ? shown.lines.length : 0;
}

function Page({ shown, wish, onFile }: {
  readonly shown: Preview;
  readonly wish: { readonly path: string; readonly dataKey: string; readonly file: string | undefined };
  readonly onFile: (file: string) => void;
}) {
  switch (shown.kind) {
    case "image":
      return (
        <div className="stage">
          <img src={shown.url} alt={wish.file ?? wish.dataKey} />
        </div>
      );
    case "video":
      return (
        <div className="stage">
          <video src={shown.url} controls aria-label={wish.file ?? wish.dataKey} />
        </div>
      );
    case "table":
      return <Table shown={shown} />;
    case "json":
      return (
        <JsonTree
          wish={{ path: wish.path, key: wish.dataKey, file: wish.file }}
          size={shown.size}
          lines={shown.lines}
        />
      );
    case "text":
      return <pre className="page" tabIndex={0} aria-label="Text">{shown.lines.join("\n")}</pre>;
    case "folder":
      return (
        <ul className="page tiles">
          {shown.files.map(({ path, size }) => (
            <li key={path}>
              <button type="button" onClick={() => onFile(path)}>
                <bdi>{path}</bdi>
                {size !== undefined && <small>{bytesText(size)}</small>}
              </button>
            </li>
          ))}
          {shown.truncated && <li>Truncated: {shown.files.length} of {shown.total} files</li>}
        </ul>
      );
  }
}

function Table({ shown: { columns, rows, offset } }: { readonly shown: Extract<Preview, { kind: "table" }> }) {
  return (
    <div className="page" tabIndex={0} role="region" aria-label="Table">
      <table>
        <thead>
          <tr>
            <th scope="col" className="number">#</th>
            {columns.map((name, index) => <th key={index} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <th scope="row" className="number">{offset + index + 1}</th>
              {columns.map((_, column) => <td key={column}>{row[column]}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pager({ offset, count, total, isMore, onOffset }: {
  readonly offset: number;
  readonly count: number;
  readonly total: number | undefined;
  readonly isMore: boolean;
  readonly onOffset: (offset: number) => void;
}) {
  const isLast = total === undefined ? !isMore || count < ROWS : offset + count >= total;
  if (offset === 0 && isLast) return null;
  return (
    <nav className="pager" aria-label="Pages">
      <IconButton
        icon="left"
        label="The page before"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - ROWS))}
      />
      <span role="status">
        {count === 0 ? "nothing" : `${offset + 1} to ${offset + count}`}
        {total !== undefined && ` of ${total}`}
      </span>
      <IconButton icon="right" label="The next page" disabled={isLast} onClick={() => onOffset(offset + ROWS)} />
      {total !== undefined && total > ROWS && (
        <button
          type="button"
          onClick={() => onOffset(Math.floor((total - 1) / ROWS) * ROWS)}
        >
          Last page
        </button>
      )}
    </nav>
  );
}

/** The files before and after this one in its folder. */
function Siblings({ dataKey, file, onFile }: Omit<PagesProps, "file" | "fact"> & { readonly file: string }) {
  const path = useAppState(({ document }) => document?.path)!;
  const [files, setFiles] = useState<readonly string[]>([]);
  useEffect(() => {
    let isOver = false;
    void previewOf({ path, key: dataKey, limit: 2_000 }, "siblings").then((it) => {
      if (!isOver && it?.kind === "folder") setFiles(it.files.map(({ path }) => path));
    });
    return () => void (isOver = true);
  }, [path, dataKey]);
  const index = files.indexOf(file);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      const next = { ArrowLeft: index - 1, ArrowRight: index + 1 }[key];
      if (index >= 0 && next !== undefined && files[next] !== undefined) onFile(files[next]);
    };
    addEventListener("keydown", onKey, true);
    return () => removeEventListener("keydown", onKey, true);
  }, [files, index]);
  if (index < 0) return null;
  return (
    <nav className="pager" aria-label="Files of the folder">
      <IconButton icon="left" label="The file before" disabled={index === 0} onClick={() => onFile(files[index - 1])} />
      <span role="status">{index + 1} of {files.length}</span>
      <IconButton
        icon="right"
        label="The next file"
        disabled={index === files.length - 1}
        onClick={() => onFile(files[index + 1])}
      />
    </nav>
  );
}
