import "@xterm/xterm/css/xterm.css";
import { useCallback, useEffect, useRef, useState } from "react";
import { ALL } from "../../graph/output_book.ts";
import { IconButton } from "../kit/button.tsx";
import { ask } from "../api/client.ts";
import type { LogPage } from "../api/runs.ts";
import type { Screen } from "../api/types.ts";
import { useAppState } from "../state/use_app.ts";
import { useRuns, useRunsState } from "../state/use_runs.ts";
import { LiveTerminal } from "./live_terminal.ts";
import { oldOutput, PIECE } from "./old_output.ts";
import { bytesText } from "./format.ts";
import { Standing } from "./standing.tsx";

/** A panel that is being resized tells its size when it rests. */
const PAUSE_MS = 150;

/** What the steps write, as they write it. */
export function OutputView() {
  const runs = useRuns();
  const isLoop = useRunsState(({ kind }) => kind === "loop");
  const isEmpty = useRunsState(({ id }) => id === undefined);
  const [follows, setFollows] = useState(true);
  const { place, terminal } = useTerminal(setFollows);
  const pager = useShownText(terminal);
  const follow = (wanted: boolean) => {
    setFollows(wanted);
    if (terminal.current === undefined) return;
    terminal.current.follows = wanted;
    if (wanted) terminal.current.toEnd();
  };
  const clear = () => {
    const { id, step = ALL } = runs.get();
    if (id !== undefined) runs.book(id)?.clear(step);
    terminal.current?.show("");
  };
  return (
    <div className="output-view">
      <div className="output-bar">
        <StepTabs />
        <Search terminal={terminal} />
        <label className="check" title="Show the end as it comes">
          <input type="checkbox" checked={follows} onChange={(event) => follow(event.currentTarget.checked)} /> Follow
        </label>
        <CopyButton text={() => terminal.current?.copied() ?? ""} />
        <IconButton icon="trash" label="Clear the output" title="Clear the output; the logs keep it" onClick={clear} />
      </div>
      {isLoop && (
        <p className="empty-view">A loop writes where its own program runs. What its steps made is under Steps.</p>
      )}
      {pager && <Pager pager={pager} />}
      <div className="output-place">
        <div className="output-screen" role="log" aria-label="Output" ref={place} />
        {isEmpty && (
          <p className="empty-view">
            Nothing has run yet. <strong>Run all</strong>{" "}
            at the top runs the whole pipeline; select a box to run a part of it. What the steps write comes here.
          </p>
        )}
      </div>
    </div>
  );
}

function useTerminal(onFollow: (follows: boolean) => void) {
  const place = useRef<HTMLDivElement>(null);
  const terminal = useRef<LiveTerminal>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onSize = (size: Screen) => {
      clearTimeout(timer);
      // A server that is gone says so itself; it hears of the size with the next change of it.
      timer = setTimeout(() => void ask("POST /api/screen", { body: size }).catch(() => undefined), PAUSE_MS);
    };
    const made = terminal.current = new LiveTerminal(place.current!, { onFollow, onSize });
    return () => {
      clearTimeout(timer);
      terminal.current = undefined;
      made.dispose();
    };
  }, []);
  return { place, terminal };
}

function CopyButton({ text }: { readonly text: () => string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <>
      <IconButton
        icon={isCopied ? "tick" : "copy"}
        label="Copy the output"
        title="Copy what is marked, or all of it"
        onClick={() => void navigator.clipboard.writeText(text()).then(() => setCopied(true))}
      />
      <span className="visually-hidden" role="status">{isCopied ? "The output is copied" : ""}</span>
    </>
  );
}

interface PagerState {
  readonly page: LogPage;
  readonly to: (offset: number | undefined) => void;
}

/** Keeps the terminal showing what is chosen: what is heard now, else what the logs have. */
function useShownText(terminal: { readonly current: LiveTerminal | undefined }): PagerState | undefined {
  const runs = useRuns();
  const id = useRunsState(({ id }) => id);
  const step = useRunsState(({ step }) => step) ?? ALL;
  const isLive = useRunsState(({ isLive }) => isLive);
  const record = useRunsState(({ record }) => record);
  const path = useAppState(({ document }) => document?.path);
  const [page, setPage] = useState<LogPage>();
  const [offset, setOffset] = useState<number>();
  // A run that is taken up anew has another book.
  useRunsState(({ books }) => books);
  const book = id === undefined ? undefined : runs.book(id);
  const isHeard = book !== undefined && (isLive || step === ALL || book.steps.includes(step)) && offset === undefined;
  useEffect(() => setOffset(undefined), [id, step]);
  useEffect(() => {
    const shown = terminal.current;
    if (shown === undefined) return;
    setPage(undefined);
    if (!isHeard) {
      shown.show("");
      if (record === undefined || path === undefined || id === undefined) return;
      let isLate = false;
      oldOutput({ id, path, record, step }, offset).then(({ text, page }) => {
        if (isLate) return;
        shown.show(text);
        setPage(page);
      }, (error) => isLate || shown.show(`\x1b[31m${error.message}\x1b[0m`));
      return () => void (isLate = true);
    }
    const draw = () => shown.show(book.text(step).text);
    shown.whole = () => book.text(step).text;
    draw();
    // What nobody sees costs nothing: it is drawn when the page is looked at again.
    const onSeen = () => document.hidden || draw();
    book.onText = (name, text) => document.hidden || name !== step || shown.write(text);
    document.addEventListener("visibilitychange", onSeen);
    return () => {
      book.onText = () => {};
      document.removeEventListener("visibilitychange", onSeen);
    };
  }, [book, step, isHeard, record, offset, path]);
  const to = useCallback((to: number | undefined) => setOffset(to), []);
  return page === undefined || page.size <= page.text.length ? undefined : { page, to };
}

/** Earlier and later pieces of a long log. */
function Pager({ pager: { page: { offset, next, size }, to } }: { readonly pager: PagerState }) {
  return (
    <div className="log-pager">
      <button type="button" disabled={offset === 0} onClick={() => to(0)}>Beginning</button>
      <button type="button" disabled={offset === 0} onClick={() => to(Math.max(0, offset - PIECE))}>Earlier</button>
      <span>{bytesText(offset)} to {bytesText(next)} of {bytesText(size)}</span>
      <button type="button" disabled={next >= size} onClick={() => to(next)}>Later</button>
      <button type="button" disabled={next >= size} onClick={() => to(undefined)}>End</button>
    </div>
  );
}

/** One tab for each step that ran, and one for all. */
function StepTabs() {
  const runs = useRuns();
  const view = useRunsState(({ view }) => view);
  const chosen = useRunsState(({ step }) => step);
  const names = view === undefined ? [] : [...view.steps].filter(([, { startedAt }]) => startedAt !== undefined);
  const tab = (name: string | undefined, words: string, standing?: string) => (
    <button
      key={name ?? ""}
      type="button"
      role="tab"
      aria-selected={name === chosen}
      title={words}
      onClick={() => runs.show({ step: name })}
    >
      {standing && <Standing of={standing} isShort />} {words}
    </button>
  );
  return (
    <div className="step-tabs" role="tablist" aria-label="Whose output">
      {tab(undefined, "All")}
      {names.map(([name, { standing }]) => tab(name, name, standing))}
    </div>
  );
}

function Search({ terminal }: { readonly terminal: { readonly current: LiveTerminal | undefined } }) {
  const [words, setWords] = useState("");
  const [isFound, setFound] = useState(true);
  const find = (direction: "up" | "down") =>
    setFound(words === "" || (terminal.current?.find(words, direction) ?? true));
  return (
    <input
      type="search"
      className={isFound ? "" : "unfound"}
      placeholder="Search"
      aria-label="Search the output; Enter goes up, Shift+Enter down"
      title="Enter: the one above, Shift+Enter: the one below"
      value={words}
      onChange={(event) => (setWords(event.currentTarget.value), setFound(true))}
      onKeyDown={(event) => event.key === "Enter" && find(event.shiftKey ? "down" : "up")}
    />
  );
}
