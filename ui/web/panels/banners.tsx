import { isChanged } from "../../graph/document.ts";
import { shownText } from "../../graph/shown_text.ts";
import { IconButton } from "../kit/button.tsx";
import { Icon } from "../kit/icons.tsx";
import { download } from "../state/download.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import "./banners.css";

const GONE = "The server cannot be reached. What you changed is kept here, and the page connects again by itself.";
const STRANGER =
  "loom was started anew and does not know this page. What you changed is kept here: put the address that " +
  "loom printed into this tab, and go on.";

/** What a person must know now: above the canvas, until it is settled or taken away. */
export function Banners() {
  const app = useApp();
  const { dialogs } = useSides();
  const document = useAppState(({ document }) => document);
  const hasConflict = document?.conflict !== undefined;
  const isStranger = useAppState(({ isStranger }) => isStranger);
  const isLinked = useAppState(({ isLinked }) => isLinked);
  const isOpen = useAppState(({ root }) => root !== "");
  const isGone = useAppState(({ gone }) => gone !== undefined);
  const notice = useAppState(({ notice }) => notice);
  return (
    <div className="banners">
      {isOpen && !isLinked && (
        <div className="banner bad" role="alert">
          <Icon name="warn" />
          <span>{isStranger ? STRANGER : GONE}</span>
          {document !== undefined && isChanged(document) && (
            <button
              type="button"
              onClick={() => download(document.path.replace(/^.*\//, ""), document.text)}
            >
              Export YAML
            </button>
          )}
        </div>
      )}
      {hasConflict && (
        <div className="banner warn" role="alert">
          <Icon name="warn" />
          <span>Somebody else changed this file in the same place as you. Nothing of either is lost.</span>
          <button type="button" onClick={() => void dialogs.ask({ kind: "conflict" })}>Compare and decide</button>
          <button type="button" onClick={() => app.settle("mine")}>Keep mine</button>
          <button type="button" onClick={() => app.settle("theirs")}>Take theirs</button>
        </div>
      )}
      {isGone && (
        <div className="banner warn" role="alert">
          <Icon name="warn" />
          <span>This file is no longer on the disk. What it held is still here.</span>
          <button type="button" onClick={() => void app.save()}>Write it again</button>
        </div>
      )}
      {notice !== undefined && (
        <div className="banner bad" role="alert">
          <Icon name="warn" />
          <span>{shownText(notice)}</span>
          <LineButton notice={notice} />
          <IconButton icon="close" label="Close the message" onClick={app.dismiss} />
        </div>
      )}
    </div>
  );
}

/** What is said of a line of the file leads there. */
function LineButton({ notice }: { readonly notice: string }) {
  const sides = useSides();
  const [, line, column] = /\bat (\d+):(\d+)\b/.exec(notice) ?? [];
  if (line === undefined) return null;
  return <button type="button" onClick={() => sides.showInText(Number(line), Number(column))}>Show line {line}</button>;
}
