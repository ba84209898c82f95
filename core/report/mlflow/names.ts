/**
 * Names as MLflow's file store takes them: they become paths of files.
 *
 * @module
 */

/** Letters at most. */
const LONGEST = 200;

/** Gives each name one that MLflow allows, different names different ones, and tells of those that had to change. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #changes = new Map<string, string>();

  /** Names that became others. */
  get changes(): ReadonlyMap<string, string> {
    return this.#changes;
  }

  /** The name for `name`; ask once for each. */
  allowed(name: string): string {
    const plain = isAllowed(name) ? name : safe(name);
    let found = plain;
    // A name cannot be a file and a folder at once.
    for (let count = 2; this.#clashes(found); count++) found = `${plain.replaceAll("/", "_")}_${count}`;
    this.#taken.add(found);
    if (found !== name) this.#changes.set(name, found);
    return found;
  }

  #clashes(name: string): boolean {
    if (this.#taken.has(name)) return true;
    for (const taken of this.#taken) if (taken.startsWith(`${name}/`) || name.startsWith(`${taken}/`)) return true;
    return false;
  }
}

/** Letters, digits, `_`, `-`, `.`, blanks and `/`, and a path that says the same when it is tidied. */
function isAllowed(name: string): boolean {
  return name.length <= LONGEST && /^[\w\-./ ]+$/.test(name) && !name.startsWith("..") &&
    name.split("/").every((part) => part !== "" && part !== "." && part !== ".." && part.trim() === part);
}

function safe(name: string): string {
  const cut = name.replace(/[^\w\-. ]/g, "_").trim().slice(0, LONGEST);
  return cut === "" ? "_" : cut.replace(/^\.+/, (dots) => "_".repeat(dots.length));
}
