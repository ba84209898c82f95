import type { ReactNode } from "react";
import { shownText } from "../../../graph/shown_text.ts";
import { IconButton } from "../../kit/button.tsx";
import { useSettings } from "../../state/use_sides.ts";

/** What is shown below, and the way to its lines in the text. */
export function Heading({ name, what }: { readonly name: string; readonly what: ReactNode }) {
  const [, settings] = useSettings();
  return (
    <div className="heading">
      <h2>
        <bdi className="name" title={name}>{shownText(name)}</bdi>
        <span className="what">{what}</span>
      </h2>
      <IconButton icon="text" label="Show it in the text" onClick={() => settings.change({ tab: "yaml" })} />
    </div>
  );
}
