import { lookAt } from "./machine.ts";
import { seccompFilter } from "./seccomp.ts";

const paths = new Map<boolean, string>();

/**
 * A file with the filter of calls for this architecture, in a folder that only this user can look into; made once,
 * removed when loom ends. `undefined` where there is no filter.
 */
export function filterPath(options: { readonly unixSockets: boolean }): string | undefined {
  const known = paths.get(options.unixSockets);
  // Somebody tidies up folders of temporary files, and loom may run for weeks.
  if (known !== undefined && lookAt(known) !== undefined) return known;
  const filter = seccompFilter(Deno.build.arch, options);
  if (filter === undefined) return undefined;
  const folder = Deno.makeTempDirSync({ prefix: "loom-filter-" });
  const path = `${folder}/filter.bpf`;
  Deno.writeFileSync(path, filter, { createNew: true, mode: 0o400 });
  globalThis.addEventListener("unload", () => {
    if (lookAt(folder) !== undefined) Deno.removeSync(folder, { recursive: true });
  });
  paths.set(options.unixSockets, path);
  return path;
}
