/**
 * Where ripgrep is: in its package, or in the binary, which puts it on the disk once.
 *
 * @module
 */

import { createRequire } from "node:module";
import { embedded, embeddedDigest } from "./embedded.ts";
import { hostFileDigester } from "./files/digester.ts";
import { hostFileReader } from "./files/reader.ts";
import { hostFileWriter } from "./files/writer.ts";

/**
 * The program's path, or `undefined` if this loom has none for this machine.
 *
 * @param userState Where the user's own state is kept: the binary's copy goes below it.
 */
export async function ripgrepPath(userState: string): Promise<string | undefined> {
  return Deno.build.standalone ? await unpacked(userState) : packaged();
}

function packaged(): string | undefined {
  const { os, arch } = Deno.build;
  const platform = `${os === "windows" ? "win32" : os}-${arch === "x86_64" ? "x64" : "arm64"}`;
  const program = os === "windows" ? "rg.exe" : "rg";
  try {
    const path = createRequire(import.meta.resolve("@vscode/ripgrep")).resolve(
      `@vscode/ripgrep-${platform}/bin/${program}`,
    );
    return hostFileReader.realPath(path);
  } catch {
    // The package is not there, or has nothing for this machine.
    return undefined;
  }
}

/** A program cannot be started from within another one. The copy is compared each time: others may write where it lies. */
async function unpacked(userState: string): Promise<string | undefined> {
  const digest = embeddedDigest("ripgrep");
  // Binaries for other machines are made without it.
  if (digest === undefined) return undefined;
  const folder = `${userState}/native/${digest}`;
  const path = `${folder}/${Deno.build.os === "windows" ? "rg.exe" : "rg"}`;
  const isThere = hostFileReader.stat(path)?.kind === "file" && await hostFileDigester.digest(path) === digest;
  if (!isThere) {
    hostFileWriter.makeDirectory(folder);
    hostFileWriter.writeAtomic(path, embedded("ripgrep")!);
  }
  if (Deno.build.os !== "windows") Deno.chmodSync(path, 0o755);
  return hostFileReader.realPath(path);
}
