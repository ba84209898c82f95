import { IconButton } from "../kit/button.tsx";
import { Icon } from "../kit/icons.tsx";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import "./banners.css";

/** What a person must know now: above the canvas, until it is settled or taken away. */
export function Banners() {
  const app = useApp();
  const { dialogs } = useSides();
  const hasConflict = useAppState(({ document }) => document?.conflict !== undefined);
  const isLinked = useAppState(({ isLinked }) => isLinked);
  const isOpen = useAppState(({ root }) => root !== "");
  const notice = useAppState(({ notice }) => notice);
  return (
    <div className="banners">
      {isOpen && !isLinked && (
        <div className="banner bad" role="alert">
          <Icon name="warn" />
          <span>
            The server cannot be reached. What you changed is kept here; the page connects again by itself as soon as
            loom runs at this address.
          </span>
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
      {notice !== undefined && (
        <div className="banner bad" role="alert">
          <Icon name="warn" />
          <span>{notice}</span>
          <IconButton icon="close" label="Close the message" onClick={app.dismiss} />
        </div>
      )}
    </div>
  );
}
