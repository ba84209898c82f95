import { useEffect, useState } from "react";
import { addNested } from "../../graph/new_steps.ts";
import { ask } from "../api/client.ts";
import type { Folder } from "../api/types.ts";
import { IconButton } from "../kit/button.tsx";
import { bytesText } from "../kit/bytes.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import "./folder_files.css";

/** The files of a folder: looked at by a click, or made data of their own. */
export function FolderFiles({ dataKey }: { readonly dataKey: string }) {
  const app = useApp();
  const { data, dialogs } = useSides();
  const version = useStore(data, ({ versions }) => versions.get(dataKey));
  const path = useAppState(({ document }) => document?.path);
  const [limit, setLimit] = useState(500);
  const [answer, setAnswer] = useState<Folder | Error>();
  useEffect(() => {
    let isOver = false;
    ask("GET /api/folder", { query: { path, key: dataKey, limit } }).catch((error: Error) => error).then((it) =>
      isOver || setAnswer(it)
    );
    return () => void (isOver = true);
  }, [path, dataKey, limit, version]);
  if (answer === undefined) return <p className="none">Looking…</p>;
  if (answer instanceof Error) return <p className="none">{answer.message}</p>;
  const { files, total, truncated } = answer;
  const add = (file: string) => {
    const { pipeline } = app.state;
    if (pipeline !== undefined) void app.act(addNested(pipeline, dataKey, file));
  };
  return (
    <div className="folder-files">
      <p className="none">{total === 0 ? "It is empty." : `${total} ${total === 1 ? "file" : "files"}`}</p>
      <ul>
        {files.map(({ path, size }) => (
          <li key={path}>
            <button
              type="button"
              className="entry"
              title={path}
              onClick={() => void dialogs.ask({ kind: "preview", key: dataKey, file: path })}
            >
              <bdi>{path}</bdi>
            </button>
            {size !== undefined && <span className="size">{bytesText(size)}</span>}
            <IconButton icon="add" label={`Add ${path} as data`} onClick={() => add(path)} />
          </li>
        ))}
      </ul>
      {truncated && (
        <p className="none">
          Truncated: {files.length} of {total} are shown.{" "}
          <button type="button" onClick={() => setLimit(Math.min(5000, limit * 2))}>Show more</button>
        </p>
      )}
    </div>
  );
}
