import { judge, type Rule } from "../../gate/mod.ts";
import { isInside } from "../../paths.ts";
import type { Policy } from "../../ports/policy.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { deniedByRule, notGranted } from "../base/errors.ts";
import type { Place } from "../base/types.ts";

/** What narrows a workspace for one call. */
export interface Scope {
  readonly tool: string;
  readonly policy: Policy;
  readonly place: Place;
  /** Those that deny are asked about every path, also of files that a tool comes upon by itself. */
  readonly rules: readonly Rule[];
}

/** The workspace as far as a policy goes: what is not to be read or written there is refused, whoever asks. */
export function scopedWorkspace(workspace: Workspace, { tool, policy, place, rules }: Scope): Workspace {
  const denials = rules.filter(({ effect, path }) => effect === "deny" && path !== undefined);
  const need = (path: string, folders: readonly string[], what: string) => {
    const real = place.locate(path);
    if (!folders.some((folder) => isInside(real, folder))) throw notGranted(tool, `${what} '${path}'`);
    const denial = denials.length === 0 ? undefined : judge(denials, { tool, paths: [real] });
    if (denial !== undefined) throw deniedByRule(tool, `${what} '${path}'`, denial);
  };
  const readable = [...policy.read, ...policy.write];
  const reading = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
    need(path, readable, "read");
    return await work();
  };
  const writing = async <T>(paths: readonly string[], work: () => Promise<T>): Promise<T> => {
    for (const path of paths) need(path, policy.write, "change");
    return await work();
  };
  return {
    root: workspace.root,
    readFile: (path, options) => reading(path, () => workspace.readFile(path, options)),
    stat: (path) => reading(path, () => workspace.stat(path)),
    list: (path) => reading(path, () => workspace.list(path)),
    writeFile: (path, content, options) => writing([path], () => workspace.writeFile(path, content, options)),
    remove: (path) => writing([path], () => workspace.remove(path)),
    move: (from, to) => writing([from, to], () => workspace.move(from, to)),
  };
}
