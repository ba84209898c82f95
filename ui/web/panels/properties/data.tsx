import { type MouseEvent } from "react";
import type { DataEntry } from "../../../../core/graph/pipeline.ts";
import { DATA_TYPES } from "../../../graph/boxes.ts";
import type { Box } from "../../../graph/canvas.ts";
import { isHere } from "../../../graph/previews.ts";
import { shownText } from "../../../graph/shown_text.ts";
import { bytesText } from "../../kit/bytes.ts";
import { Check, Choice, Field } from "../../kit/field.tsx";
import { IconButton } from "../../kit/button.tsx";
import { openData } from "../../state/open_data.ts";
import { trashData } from "../../state/trash_data.ts";
import { useApp, useAppState } from "../../state/use_app.ts";
import { useSides, useStore } from "../../state/use_sides.ts";
import { FolderFiles } from "../folder_files.tsx";
import { Preview } from "../preview.tsx";
import { useDataEditing } from "./data_editing.ts";
import { Heading } from "./heading.tsx";
import { Name } from "./name.tsx";
import { PathField } from "./path_field.tsx";
import { References } from "./references.tsx";

/** A named file, folder or address. */
export function DataProperties({ box }: { readonly box: Box }) {
  const key = box.id.slice("data_".length);
  const entry = useAppState(({ pipeline }) => pipeline?.data.get(key));
  return entry === undefined ? null : <Entry box={box} entry={entry} />;
}

function Entry({ box, entry }: { readonly box: Box; readonly entry: DataEntry }) {
  const { key, type, path, label, description, pattern, nestedIn, allowOutside } = entry;
  const editing = useDataEditing(entry);
  const { data } = useSides();
  const fact = useStore(data, ({ facts }) => facts.get(key));
  const folders = useAppState(({ pipeline }) => pipeline!.data);
  const types = [...new Set([...DATA_TYPES, ...(type === undefined ? [] : [type])])];
  const containers = [...folders.values()].filter((other) => other.key !== key && FOLDERS.has(other.type ?? ""));
  const inside = nestedIn === undefined || containers.some((other) => other.key === nestedIn) ? [] : [nestedIn];
  return (
    <>
      <Heading name={label ?? key} what={type ?? "data"} />
      <Look entry={entry} />
      <Name box={box} label="Key" name={key} />
      <Field label="Name" value={label ?? ""} placeholder={key} onChange={(text) => editing("name", text)} />
      <Choice
        label="Type"
        value={type ?? ""}
        options={[["", "not said"], ...types.map((word) => [word, word] as const)]}
        onChange={(word) => editing("type", word)}
      />
      <PathField path={path} nestedIn={nestedIn} onChange={(text) => editing("path", text)} />
      {(containers.length > 0 || inside.length > 0) && (
        <Choice
          label="Lies in"
          value={nestedIn ?? ""}
          options={[
            ["", "the pipeline's folder"],
            ...containers.map((other) => [other.key, other.label ?? other.key] as const),
            ...inside.map((name) => [name, name] as const),
          ]}
          onChange={(name) => editing("nested_in", name === "" ? "" : `$${name}`)}
        />
      )}
      <Field label="Description" isLong value={description ?? ""} onChange={(text) => editing("description", text)} />
      {FOLDERS.has(type ?? "") && (
        <Field
          label="Pattern"
          value={pattern ?? ""}
          placeholder="*.png"
          hint="Says which files it holds; changes nothing of what is run"
          onChange={(text) => editing("pattern", text)}
        />
      )}
      <Check
        label="May lie outside the pipeline's folder"
        checked={allowOutside}
        onChange={(isOn) => editing("allow_outside_pipeline", isOn)}
      />
      {fact?.kind === "folder" && (
        <>
          <h3>Files</h3>
          <FolderFiles dataKey={key} />
        </>
      )}
      <References texts={[`$${key}`]} />
    </>
  );
}

const FOLDERS = new Set(["image_directory", "data_folder"]);

/** What is there, who makes it and who reads it. */
function Look({ entry: { key } }: { readonly entry: DataEntry }) {
  const app = useApp();
  const { data, dialogs } = useSides();
  const fact = useStore(data, ({ facts }) => facts.get(key));
  if (fact === undefined) return null;
  const { exists, size, mtime, matches, kind, copied, problem, produced_by: makers, read_by: readers } = fact;
  const isThere = exists === "exists";
  const canLook = isHere(fact);
  const open = ({ currentTarget }: MouseEvent) => void openData(app, key, currentTarget);
  return (
    <div className="facts">
      <p>
        <strong className={exists === "missing" && makers.length === 0 ? "bad-text" : ""}>{WORDS[exists]}</strong>
        {size !== undefined && ` · ${bytesText(size)}`}
        {matches !== undefined && ` · ${matches} match`}
        {mtime !== undefined && ` · ${new Date(mtime).toLocaleString()}`}
      </p>
      {copied && <p>Below is the copy that a run has left here.</p>}
      {problem !== undefined && <p className="bad-text">{problem}</p>}
      <Users words="Made by" names={makers} />
      <Users words="Read by" names={readers} />
      {canLook && (
        <div onDoubleClick={open} title="Double click opens it in the system's program">
          <Preview dataKey={key} />
        </div>
      )}
      <div className="row-buttons">
        <IconButton
          icon="full"
          label="Look at it"
          text="Look at it"
          disabled={!canLook}
          onClick={() => void dialogs.ask({ kind: "preview", key })}
        />
        <span onClick={open}>
          <IconButton icon="open" label="Open in the system's program" text="Open" />
        </span>
        <IconButton
          icon="trash"
          label="Move its files to the trash"
          disabled={!isThere || kind === "url"}
          onClick={() => void trashData(app, dialogs, key)}
        />
      </div>
    </div>
  );
}

const WORDS = { exists: "It is there", missing: "It is not there", checking: "Looking…", unknown: "Cannot be told" };

function Users({ words, names }: { readonly words: string; readonly names: readonly string[] }) {
  const { pick } = useSides();
  if (names.length === 0) return null;
  return (
    <div className="chips">
      <span>{words}</span>
      {names.map((name) => <button type="button" key={name} onClick={() => pick(name)}>{shownText(name)}</button>)}
    </div>
  );
}
