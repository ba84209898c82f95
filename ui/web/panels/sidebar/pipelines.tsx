import { useMemo, useState } from "react";
import { type PathNode, pathTree } from "../../../graph/path_tree.ts";
import { shownText } from "../../../graph/shown_text.ts";
import { IconButton } from "../../kit/button.tsx";
import { Icon } from "../../kit/icons.tsx";
import { useApp, useAppState } from "../../state/use_app.ts";
import { useSides } from "../../state/use_sides.ts";

/** Looks for pipelines again. */
export function RefreshPipelines() {
  const app = useApp();
  const { dialogs } = useSides();
  return (
    <>
      <IconButton icon="add" label="New pipeline" onClick={() => void dialogs.ask({ kind: "new" })} />
      <IconButton icon="refresh" label="Look for pipelines again" onClick={() => void app.refresh()} />
    </>
  );
}

/** The pipelines of the folder, as a tree. */
export function Pipelines() {
  const pipelines = useAppState(({ pipelines }) => pipelines);
  const open = useAppState(({ document }) => document?.path);
  const tree = useMemo(() => {
    const paths = pipelines.map(({ path }) => path);
    return pathTree(open === undefined || paths.includes(open) ? paths : [...paths, open]);
  }, [pipelines, open]);
  if (tree.length === 0) return <p className="none">There is no pipeline in this folder yet.</p>;
  return <Branch nodes={tree} />;
}

function Branch({ nodes }: { readonly nodes: readonly PathNode[] }) {
  return (
    <ul className="tree">
      {nodes.map((node) => (
        <li key={node.path}>
          {node.children === undefined ? <Leaf node={node} /> : <Folder node={node} nodes={node.children} />}
        </li>
      ))}
    </ul>
  );
}

function Folder({ node, nodes }: { readonly node: PathNode; readonly nodes: readonly PathNode[] }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <button type="button" className="entry" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? "down" : "right"} />
        <bdi>{shownText(node.name)}</bdi>
      </button>
      {isOpen && <Branch nodes={nodes} />}
    </>
  );
}

/** Opened by a double click, or by Enter. */
function Leaf({ node: { name, path } }: { readonly node: PathNode }) {
  const sides = useSides();
  const isOpen = useAppState(({ document }) => document?.path === path);
  const open = () => void sides.switchTo(path);
  return (
    <button
      type="button"
      className="entry"
      aria-current={isOpen ? "page" : undefined}
      title={isOpen ? path : `${path}: double click or Enter opens it`}
      onDoubleClick={open}
      onClick={({ detail }) => detail === 0 && open()}
    >
      <Icon name="file" />
      <bdi>{shownText(name)}</bdi>
    </button>
  );
}
