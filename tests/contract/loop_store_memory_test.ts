import { memoryStore } from "../../plugins/host/loops/mod.ts";
import { loopStoreContract } from "./loop_store_contract.ts";

loopStoreContract("memoryStore()", () => {
  const store = memoryStore();
  return Promise.resolve({ store, another: () => Promise.resolve(store), close: () => store.close() });
});
