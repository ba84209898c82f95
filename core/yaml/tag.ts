import type { DocumentEvent } from "js-yaml";
import { YamlFault } from "./fault.ts";

/** Tag handles to prefixes, of one document. */
export type TagHandles = ReadonlyMap<string, string>;

/** The handles that a document declares, besides the two there always are. */
export function tagHandles(document: DocumentEvent): TagHandles {
  const handles = new Map([["!", "!"], ["!!", "tag:yaml.org,2002:"]]);
  for (const directive of document.directives) {
    if (directive.kind === "tag") handles.set(directive.handle, directive.prefix);
  }
  return handles;
}

/**
 * The full name of a tag.
 *
 * @param raw The tag as written: `!!str`, `!<tag:yaml.org,2002:str>`, `!mine`.
 * @throws {YamlFault} If an escape in it is no UTF-8.
 */
export function tagName(raw: string, handles: TagHandles): string {
  if (raw.startsWith("!<")) return unescape(raw.slice(2, -1));
  const end = raw.indexOf("!", 1);
  const handle = end === -1 ? "!" : raw.slice(0, end + 1);
  return (handles.get(handle) ?? handle) + unescape(raw.slice(handle.length));
}

function unescape(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new YamlFault(`Cannot read the tag ${text}`, "write it without % escapes", { cause });
  }
}
