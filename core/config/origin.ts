import { isInside, relativePath } from "../paths.ts";
import type { Origin } from "./types.ts";

/** Where a value comes from, in a few words: `flag --steps`, `environment LOOM_STORE`, `.env:3`, `loom.yaml:4:3`. */
export function originText(origin: Origin, cwd: string): string {
  switch (origin.kind) {
    case "flag":
      return `flag ${origin.name}`;
    case "environment":
      return `environment ${origin.name}`;
    case "env-file":
      return `.env:${origin.line}`;
    case "file":
      return `${fileText(origin.file, cwd)}:${origin.line}:${origin.column}`;
    case "hosted-gateway":
      return "hosted gateway";
    case "default":
      return "default";
  }
}

/** Files below are named from here, others as a whole. */
function fileText(file: string, cwd: string): string {
  return isInside(file, cwd) ? relativePath(file, cwd) : file;
}
