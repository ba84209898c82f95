import { memoryStore } from "../../plugins/host/loops/mod.ts";
import { everything } from "./behaviour/mod.ts";
import { behaves } from "./support/behaviour.ts";

behaves("loops in memory", () => {
  const store = memoryStore();
  return { store, close: () => store.close() };
}, everything);
