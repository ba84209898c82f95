const TOKEN =
  /[\s]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)/uy;

type Wanted = "value" | "first" | "key" | "firstKey" | "colon" | "next" | "nothing";

/** Where a text stops being JSON, as an offset: the start of what cannot stand there, or the end of the text. */
export function brokenAt(text: string): number {
  const open: ("{" | "[")[] = [];
  let wanted: Wanted = "value";
  for (let at = 0;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const start = at + /^\s*/.exec(text.slice(at))![0].length;
    const after: Wanted | undefined = match === null
      ? undefined
      : follow(wanted, { mark: match[1], text: match[2] }, open);
    if (after === undefined) return start;
    [wanted, at] = [after, TOKEN.lastIndex];
  }
}

/** What may stand behind a token; `undefined`: it may not stand here itself. */
function follow(
  wanted: Wanted,
  { mark, text }: { readonly mark?: string; readonly text?: string },
  open: ("{" | "[")[],
): Wanted | undefined {
  const behindValue = (): Wanted => open.length === 0 ? "nothing" : "next";
  if (wanted === "colon") return mark === ":" ? "value" : undefined;
  if (wanted === "nothing") return undefined;
  if (mark === "}" || mark === "]") {
    const isOwn = open.at(-1) === (mark === "}" ? "{" : "[");
    if (!isOwn || !(wanted === "next" || wanted === (mark === "}" ? "firstKey" : "first"))) return undefined;
    open.pop();
    return behindValue();
  }
  if (wanted === "next") return mark === "," ? open.at(-1) === "{" ? "key" : "value" : undefined;
  if (wanted === "key" || wanted === "firstKey") return text === undefined ? undefined : "colon";
  if (mark !== "{" && mark !== "[") return mark === undefined ? behindValue() : undefined;
  open.push(mark);
  return mark === "{" ? "firstKey" : "first";
}
