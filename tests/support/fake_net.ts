import { LoomError } from "../../core/errors.ts";
import type { FileWriter } from "../../core/ports/files.ts";
import type { Net } from "../../core/ports/net.ts";

/** What a fake server holds. */
export interface FakePage {
  readonly body: string;
  readonly etag?: string;
}

/** A net in memory, and what was asked of it. */
export interface FakeNet extends Net {
  /** Addresses, in order. */
  readonly asked: readonly string[];
}

/** Serves `pages` by address into `files`; any other address fails with `download-failed`. Pages may change later. */
export function fakeNet(pages: Readonly<Record<string, FakePage>>, files: FileWriter): FakeNet {
  const asked: string[] = [];
  return {
    asked,
    download: async (url, to, { previous, signal }) => {
      signal?.throwIfAborted();
      asked.push(url);
      await Promise.resolve();
      const page = pages[url];
      if (page === undefined) throw new LoomError("download-failed", `Cannot download ${url}: the server answers 404`);
      const validators = page.etag === undefined ? {} : { etag: page.etag };
      if (page.etag !== undefined && page.etag === previous?.etag) return { ...validators, unchanged: true };
      files.writeAtomic(to, page.body);
      return { ...validators, unchanged: false };
    },
  };
}
