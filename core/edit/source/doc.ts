/**
 * A file that is being edited: its text, what it says, and where it says it.
 *
 * @module
 */

import { compose } from "../../yaml/compose.ts";
import { parse } from "../../yaml/events.ts";
import { YamlFault } from "../../yaml/fault.ts";
import { readYaml } from "../../yaml/read.ts";
import type { Value } from "../../yaml/value.ts";
import { type FileStyle, styleOf } from "./file_style.ts";
import type { SourceNode } from "./node.ts";
import { treeOf } from "./tree.ts";

/** A text, read. */
export interface Doc {
  readonly text: string;
  readonly value: Value;
  /** Absent for an empty file. */
  readonly root?: SourceNode;
  readonly style: FileStyle;
}

/**
 * Reads a text that is to be edited.
 *
 * @param text Without a byte order mark.
 * @param file Its name, for problems.
 * @throws {LoomError} `pipeline-invalid` if it is not YAML.
 */
export function readDoc(text: string, file: string): Doc {
  try {
    const parsed = parse(text);
    const { value } = compose(parsed.text, parsed.events);
    const root = treeOf(text, parsed);
    return { text, value, root, style: styleOf(text, root) };
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    // It tells the same with its place.
    readYaml(text, file);
    throw fault;
  }
}
