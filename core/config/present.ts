import { joinPath } from "../paths.ts";
import type { ConfigOutside } from "./types.ts";
import { userFolder } from "./user_folder.ts";

/** Whether there is any file of settings: where there is none, none need be read. */
export function hasSettingsFile({ files, env, stores, cwd }: ConfigOutside): boolean {
  const own = userFolder(env);
  const stems = [joinPath(stores.projectOf(cwd), "loom"), ...(own === undefined ? [] : [joinPath(own, "config")])];
  return stems.some((stem) => ["yaml", "toml"].some((ending) => files.stat(`${stem}.${ending}`) !== undefined));
}
