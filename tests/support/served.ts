import { hostContext } from "../../compose/context.ts";
import { loadPipeline, pipelineStatus, runPipeline } from "../../core/run/mod.ts";
import { hostCharts } from "../../plugins/host/draw/mod.ts";
import { hostWatcher } from "../../plugins/host/files/watcher.ts";
import { hostStateTools } from "../../plugins/host/loops/host.ts";
import * as loops from "../../plugins/host/loops/sqlite.ts";
import { trustedFolders } from "../../plugins/host/store/trusted.ts";
import { serve } from "../../ui/server/mod.ts";

/** A project in a folder of its own, and a server that has it open. */
export class Served {
  constructor(
    readonly folder: string,
    readonly root: string,
    readonly address: string,
    readonly token: string,
  ) {}

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...init.headers };
    return await fetch(`${this.address}${path}`, { ...init, headers });
  }

  // deno-lint-ignore no-explicit-any
  async get(path: string, query: Record<string, string | number> = {}): Promise<any> {
    const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const response = await this.ask(`${path}?${asked}`);
    return response.status === 204 ? 204 : await response.json();
  }

  // deno-lint-ignore no-explicit-any
  async post(path: string, body: unknown): Promise<any> {
    return await (await this.ask(path, { method: "POST", body: JSON.stringify(body) })).json();
  }

  /** Status and code of a refusal. */
  async refused(path: string, query: Record<string, string>): Promise<readonly unknown[]> {
    const response = await this.ask(`${path}?${new URLSearchParams(query)}`);
    const body = response.status === 204 ? undefined : await response.json();
    return [response.status, body?.error?.code];
  }

  write(path: string, content: string | Uint8Array): void {
    const at = `${this.root}/${path}`;
    Deno.mkdirSync(at.slice(0, at.lastIndexOf("/")), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(at, content);
    else Deno.writeFileSync(at, content);
  }
}

/** Serves a folder with these files while `work` lasts. The user's home is the folder above it. */
export async function inServed(files: Record<string, string>, work: (served: Served) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "loom-ui-" }));
  const root = `${folder}/p`;
  await Deno.mkdir(root);
  const host = hostContext();
  const env = { ...host.env, HOME: folder, LOOM_HOME: `${folder}/state`, PATH: `${folder}/bin:${host.env.PATH}` };
  // The trash of whoever runs the tests is not ours to fill.
  const trash = (path: string) => {
    Deno.mkdirSync(`${folder}/trash`, { recursive: true });
    host.files.move(path, `${folder}/trash/${path.split("/").at(-1)}`);
    return Promise.resolve();
  };
  const own = { ...host.files, trash };
  const context = Object.create(host, { env: { value: env }, cwd: { value: root }, files: { value: own } });
  const engine = { loadPipeline, pipelineStatus, runPipeline };
  const trust = trustedFolders({ userState: env.LOOM_HOME });
  const assets = { get: () => undefined };
  const states = () => Promise.resolve(hostStateTools);
  const look = { loops: () => Promise.resolve(loops), states, charts: () => Promise.resolve(hostCharts) };
  const parts = { context, engine, assets, trust, look, watcher: hostWatcher };
  const serving = serve({ ...parts, place: { root }, version: "0" });
  const [address, token] = serving.url.split("/#token=");
  const served = new Served(folder, root, address, token);
  for (const [path, text] of Object.entries(files)) served.write(path, text);
  try {
    await work(served);
  } finally {
    await serving.close();
    await Deno.remove(folder, { recursive: true });
  }
}
