/** A file in a folder, or a folder. */
export interface PathNode {
  readonly name: string;
  /** From the root. */
  readonly path: string;
  /** Absent for a file. */
  readonly children?: readonly PathNode[];
}

/** Paths as a tree: folders first, each by name; a folder that holds nothing but a folder is one line with it. */
export function pathTree(paths: readonly string[]): readonly PathNode[] {
  return sorted(below("", paths));
}

function below(folder: string, paths: readonly string[]): readonly PathNode[] {
  const folders = new Map<string, string[]>();
  const files: PathNode[] = [];
  for (const path of paths) {
    const [name, rest] = path.slice(folder.length).split(/\/(.*)/s, 2);
    if (rest === undefined) files.push({ name, path });
    else folders.set(name, [...folders.get(name) ?? [], path]);
  }
  const made = Array.from(folders, ([name, inside]) => folderNode(name, `${folder}${name}/`, inside));
  return [...made, ...files];
}

function folderNode(name: string, folder: string, paths: readonly string[]): PathNode {
  const children = sorted(below(folder, paths));
  const [only] = children;
  if (children.length === 1 && only.children !== undefined) return { ...only, name: `${name}/${only.name}` };
  return { name, path: folder.slice(0, -1), children };
}

function sorted(nodes: readonly PathNode[]): readonly PathNode[] {
  const rank = ({ children }: PathNode) => children === undefined ? 1 : 0;
  return nodes.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en", { numeric: true }));
}
