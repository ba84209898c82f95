/**
 * Repositories of git, served over HTTP on this machine as real hosts do.
 *
 * @module
 */

import { join } from "node:path";
import { TemporaryFolder } from "./sources.ts";

/** Serves the repositories below one folder through git's own server program. */
export class GitServer implements AsyncDisposable {
  readonly #folder: TemporaryFolder;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** Query strings and paths that were asked for. */
  readonly asked: string[] = [];

  private constructor(folder: TemporaryFolder) {
    this.#folder = folder;
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    this.#server = Deno.serve(options, (request) => this.#answer(request));
  }

  static async make(): Promise<GitServer> {
    return new GitServer(await TemporaryFolder.make());
  }

  /** Address of a repository, as a person types it. */
  url(name: string): string {
    return `git+http://127.0.0.1:${this.#server.addr.port}/${name}`;
  }

  /** Makes a repository of these files in one commit, or adds a commit to it; gives the commit. */
  async commit(name: string, files: Readonly<Record<string, string>>, options: CommitOptions = {}): Promise<string> {
    const folder = join(this.#folder.path, name);
    if (await Deno.stat(folder).then(() => false, () => true)) {
      await git(this.#folder.path, "init", "-q", "-b", "main", name);
    }
    for (const [path, content] of Object.entries(files)) await this.#folder.write(`${name}/${path}`, content);
    for (const [path, target] of Object.entries(options.links ?? {})) await Deno.symlink(target, join(folder, path));
    await git(folder, "add", "-A");
    await git(folder, "commit", "-q", "-m", "change");
    if (options.tag !== undefined) await git(folder, "tag", options.tag);
    return (await git(folder, "rev-parse", "HEAD")).trim();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    this.asked.push(`${pathname}${search}`);
    const child = new Deno.Command("git", {
      args: ["http-backend"],
      clearEnv: true,
      env: {
        PATH: Deno.env.get("PATH") ?? "",
        GIT_PROJECT_ROOT: this.#folder.path,
        GIT_HTTP_EXPORT_ALL: "1",
        GIT_CONFIG_COUNT: "2",
        GIT_CONFIG_KEY_0: "safe.directory",
        GIT_CONFIG_VALUE_0: "*",
        GIT_CONFIG_KEY_1: "uploadpack.allowAnySHA1InWant",
        GIT_CONFIG_VALUE_1: "true",
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers.get("content-type") ?? "",
        HTTP_CONTENT_ENCODING: request.headers.get("content-encoding") ?? "",
        GIT_PROTOCOL: request.headers.get("git-protocol") ?? "",
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new Uint8Array(await request.arrayBuffer()));
    await writer.close();
    return answerOf((await child.output()).stdout);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await this.#folder[Symbol.asyncDispose]();
  }
}

/** What a commit has besides files. */
export interface CommitOptions {
  /** Symbolic links, path to target. */
  readonly links?: Readonly<Record<string, string>>;
  readonly tag?: string;
}

/** What a CGI program wrote. */
function answerOf(bytes: Uint8Array): Response {
  const end = new TextDecoder("latin1").decode(bytes.subarray(0, 4_000)).indexOf("\r\n\r\n");
  const lines = new TextDecoder().decode(bytes.subarray(0, end)).split("\r\n").map((line) => line.split(": "));
  const status = Number(lines.find(([name]) => name === "Status")?.[1].split(" ")[0] ?? 200);
  const headers = lines.filter(([name]) => name !== "Status").map(([name, value]) => [name, value] as [string, string]);
  return new Response(bytes.slice(end + 4), { status, headers });
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const name = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
  const { code, stdout, stderr } = await new Deno.Command("git", { args: [...name, ...args], cwd }).output();
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
