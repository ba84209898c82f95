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
  };
}
