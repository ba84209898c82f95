/**
 * First program of a plugin's worker. It holds the rights of the plugin, and starts a thread that inherits them and has a
 * heap of its own: a plugin that fills it ends that thread, where a worker would end the whole process.
 *
 * It is started from its text, so that it is the same from source and in the binary.
 */

self.onmessage = ({ data }) => {
  // What comes later is meant to end together with this worker.
  self.onmessage = () => {};
  return data.heapMb === undefined ? serveHere(data) : startThread(data);
};

/** For loom's own plugins: no thread, no limit, and a start that takes a third of the time. */
async function serveHere(start) {
  const { serve } = await import(start.program);
  await serve(start);
}

async function startThread(start) {
  // What Node has takes its time to load, and only this needs it.
  const { Worker: Thread } = await import("node:worker_threads");
  const entry = `import { workerData } from "node:worker_threads";
    const { serve } = await import(workerData.program);
    await serve(workerData);`;
  const thread = new Thread(new URL(`data:text/javascript,${encodeURIComponent(entry)}`), {
    workerData: start,
    transferList: [start.port],
    env: start.variables,
    resourceLimits: { maxOldGenerationSizeMb: start.heapMb },
  });
  thread.on("error", ({ code, message }) => {
    self.postMessage(code === "ERR_WORKER_OUT_OF_MEMORY" ? { ended: "memory" } : { ended: "error", message });
  });
  thread.on("exit", () => self.postMessage({ ended: "exit" }));
}
