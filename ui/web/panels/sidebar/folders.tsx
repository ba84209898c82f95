import { useState } from "react";
import { Icon } from "../../kit/icons.tsx";
import type { DataFact } from "../../api/types.ts";
import { useSides, useStore } from "../../state/use_sides.ts";
import { FolderFiles } from "../folder_files.tsx";

/** Folders of the pipeline with what lies in them now. */
export function Folders() {
  const { data } = useSides();
  const { facts } = useStore(data);
  const folders = [...facts.values()].filter(({ kind }) => kind === "folder");
  if (folders.length === 0) return <p className="none">No data entry is a folder that is there.</p>;
  return (
    <ul>
      {folders.map((fact) => (
        <li key={fact.key}>
          <Folder fact={fact} />
        </li>
      ))}
    </ul>
  );
}

function Folder({ fact: { key, label } }: { readonly fact: DataFact }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="entry" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? "down" : "right"} />
        <Icon name="folder" />
        <bdi>{label ?? key}</bdi>
      </button>
      {isOpen && <FolderFiles dataKey={key} />}
    </>
  );
}
