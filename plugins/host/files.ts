import type { Files } from "../../core/ports/files.ts";
import { hostFileDigester } from "./file_digester.ts";
import { hostFileReader } from "./file_reader.ts";
import { hostFileWriter } from "./file_writer.ts";

/** The real disk. */
export const hostFiles: Files = { ...hostFileReader, ...hostFileWriter, ...hostFileDigester };
