import type { Box } from "../../graph/canvas.ts";
import { shownText } from "../../graph/shown_text.ts";
import { Icon, iconOfType } from "../kit/icons.tsx";
import { useSides, useStore } from "../state/use_sides.ts";
import { DataPreview } from "./data_preview.tsx";
import { Socket } from "./socket.tsx";

const SIGNS: Readonly<Record<string, readonly [sign: string, words: string]>> = {
  exists: ["●", "exists"],
  missing: ["○", "does not exist"],
  checking: ["…", "is being looked for"],
  unknown: ["?", "cannot be told"],
};

/** Named data: its name, key, type, path, and whether it is there. */
export function DataBody({ box }: { readonly box: Box }) {
  const key = box.id.slice("data_".length);
  const { data } = useSides();
  const fact = useStore(data, ({ facts }) => facts.get(key));
  const [sign, words] = SIGNS[fact?.exists ?? ""] ?? ["", ""];
  const isAddress = /^https?:/i.test(box.detail);
  const [input, output] = box.handles;
  return (
    <>
      <div className="head">
        <span className={`kind type-of-icon`}>
          <Icon name={iconOfType(box.type)} />
        </span>
        <span className="label" title={shownText(box.label)}>{shownText(box.label)}</span>
        {box.hint && <span className="badge warn" title={box.hint} role="img" aria-label={box.hint}>!</span>}
        {box.type !== "" && <span className="badge">{box.type}</span>}
        {words !== "" && (
          <span className={`there ${fact!.exists}`} title={fact!.problem ?? words} role="img" aria-label={words}>
            {sign}
          </span>
        )}
      </div>
      <div className="detail key" title={`$${shownText(key)}`}>${shownText(key)}</div>
      <div className="detail path" title={shownText(box.detail)}>
        {isAddress && <Icon name="open" />}
        {box.nestedIn !== undefined && <span className="container">{shownText(box.nestedIn)} ›</span>}
        {box.detail === "" ? <em>no path yet</em> : shownText(box.detail)}
      </div>
      {box.hint && <div className="detail hint">{box.hint}</div>}
      {box.hasPreview && <DataPreview dataKey={key} />}
      <Socket box={box.id} handle={input} />
      <Socket box={box.id} handle={output} />
    </>
  );
}
