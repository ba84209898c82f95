/**
 * An npm registry on this machine.
 *
 * @module
 */

import { createHash } from "node:crypto";

/** A registry with its packages: archives by name and version. */
export class FakeRegistry implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #archives = new Map<string, Map<string, Uint8Array>>();
  readonly #answers = new Map<string, (request: Request) => Response>();
  /** Paths that were asked for. */
  readonly asked: string[] = [];

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** With a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  /** Publishes one version; the newest is `latest`. */
  publish(name: string, version: string, archive: Uint8Array): void {
    const versions = this.#archives.get(name) ?? new Map<string, Uint8Array>();
    this.#archives.set(name, versions.set(version, archive));
  }

  /** Answers one path in another way. */
  on(path: string, answer: (request: Request) => Response): void {
    this.#answers.set(path, answer);
  }

  #answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    this.asked.push(pathname);
    const own = this.#answers.get(pathname);
    if (own !== undefined) return own(request);
    const [, name, version] = /^\/(.+?)(?:\/-\/(.+)\.tgz)?$/.exec(decodeURIComponent(pathname)) ?? [];
    const versions = this.#archives.get(name);
    const archive = versions?.get(version);
    if (archive !== undefined) return new Response(archive as Uint8Array<ArrayBuffer>);
    return versions === undefined || version !== undefined
      ? new Response("not found", { status: 404 })
      : Response.json(this.document(name));
  }

  /** What it says about a package. */
  document(name: string): Readonly<Record<string, unknown>> {
    const versions = [...this.#archives.get(name) ?? []].map(([version, archive]) => [version, {
      name,
      version,
      dist: { tarball: `${this.url}${name}/-/${version}.tgz`, integrity: integrityOf(archive) },
    }]);
    return { name, "dist-tags": { latest: versions.at(-1)?.[0] }, versions: Object.fromEntries(versions) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** As registries write it. */
export function integrityOf(archive: Uint8Array): string {
  return `sha512-${createHash("sha512").update(archive).digest("base64")}`;
}
