import { sqliteStore } from "../../plugins/host/loops/mod.ts";
import { temporaryFolder } from "../contract/temporary.ts";
import { everything } from "./behaviour/mod.ts";
import { behaves } from "./support/behaviour.ts";

behaves("loops in SQLite", () => {
  const folder = temporaryFolder();
  const store = sqliteStore(`${folder.path}/loops.db`);
  const close = () => {
    store.close();
    folder[Symbol.dispose]();
  };
  return { store, close };
}, everything);
