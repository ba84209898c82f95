import type { Objects } from "../../../core/ports/store.ts";
import { hostFileDigester } from "../files/digester.ts";
import { explained } from "../files/errors.ts";
import { hostFileReader } from "../files/reader.ts";
import { hostFileWriter } from "../files/writer.ts";

/** Objects as files under `folder`, in 256 subfolders by the first two digits of their digest. */
export function folderObjects(folder: string): Objects {
  const pathOf = (digest: string) => `${folder}/${digest.slice(0, 2)}/${digest}`;
  const put = (digest: string, content: string | Uint8Array): string => {
    const path = pathOf(digest);
    if (hostFileReader.stat(path) !== undefined) return digest;
    hostFileWriter.makeDirectory(`${folder}/${digest.slice(0, 2)}`);
    hostFileWriter.writeAtomic(path, content);
    return digest;
  };
  return {
    putText: (text) => put(hostFileDigester.digestText(text), text),
    getText: (digest) => hostFileReader.readText(pathOf(digest)),
    putBytes: (bytes) => put(hostFileDigester.digestBytes(bytes), bytes),
    getBytes: (digest) => {
      const path = pathOf(digest);
      if (hostFileReader.stat(path) === undefined) return undefined;
      return explained("read", path, () => Deno.readFileSync(path));
    },
    has: (digest) => hostFileReader.stat(pathOf(digest)) !== undefined,
    *list() {
      for (const { name: start } of hostFileReader.list(folder)) {
        for (const { name: digest } of hostFileReader.list(`${folder}/${start}`)) {
          // Names of another kind are those of files that are just being written.
          if (!/^[0-9a-f]{64}$/.test(digest)) continue;
          yield { digest, sizeBytes: hostFileReader.stat(pathOf(digest))?.sizeBytes ?? 0 };
        }
      }
    },
    remove: (digest) => hostFileWriter.remove(pathOf(digest)),
  };
}
