import { memoryTools, mlopsSuite, TRAIN_CSV } from "../../core/registry/mod.ts";
import { pythonMlops } from "../support/python_mlops.ts";

const secrets = { LOOM_CONTRACT_CANARY: "canary-1b7e9c40d2a8" };

for (const { name, run } of mlopsSuite) {
  Deno.test(`mlops on Python: ${name}`, async () => {
    const dataDir = await Deno.makeTempDir();
    await Deno.writeTextFile(`${dataDir}/train.csv`, TRAIN_CSV);
    for (const [variable, value] of Object.entries(secrets)) Deno.env.set(variable, value);
    try {
      const sleep = (ms: number, signal?: AbortSignal) => {
        return new Promise<void>((resolve, reject) => {
          const timer = setTimeout(resolve, ms);
          signal?.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason);
          });
        });
      };
      await run(() => Promise.resolve(pythonMlops()), memoryTools({ dataDir, secrets, sleep }));
    } finally {
      for (const variable of Object.keys(secrets)) Deno.env.delete(variable);
      await Deno.remove(dataDir, { recursive: true });
    }
  });
}
