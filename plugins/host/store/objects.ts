import type { Objects } from "../../../core/ports/store.ts";
import { hostFileDigester } from "../files/digester.ts";
import { hostFileReader } from "../files/reader.ts";
import { hostFileWriter } from "../files/writer.ts";

/** Objects as files under `folder`, in 256 subfolders by the first two digits of their digest. */
export function folderObjects(folder: string): Objects {
  const pathOf = (digest: string) => `${folder}/${digest.slice(0, 2)}/${digest}`;
  return {
    putText: (text) => {
      const digest = hostFileDigester.digestText(text);
      const path = pathOf(digest);
      if (hostFileReader.stat(path) !== undefined) return digest;
      hostFileWriter.makeDirectory(`${folder}/${digest.slice(0, 2)}`);
      hostFileWriter.writeAtomic(path, text);
      return digest;
    },
    getText: (digest) => hostFileReader.readText(pathOf(digest)),
  };
}
