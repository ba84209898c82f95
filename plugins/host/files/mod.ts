import type { Files } from "../../../core/ports/files.ts";
import { hostFileDigester } from "./digester.ts";
import { hostFileReader } from "./reader.ts";
import { hostFileWriter } from "./writer.ts";

/** The real disk. */
export const hostFiles: Files = { ...hostFileReader, ...hostFileWriter, ...hostFileDigester };
