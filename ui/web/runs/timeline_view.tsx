import { useEffect, useMemo, useRef, useState } from "react";
import { type LoopLook, loopTimeline } from "../../graph/loop_timeline.ts";
import { type Drawn, drawn, endOf, ticks } from "../../graph/timeline.ts";
import type { RunView } from "../../graph/run_view.ts";
import { useNow } from "../kit/now.ts";
import { useApp } from "../state/use_app.ts";
import { useRuns, useRunsState } from "../state/use_runs.ts";
import { durationText } from "./format.ts";

const LANE = 26;
const TOP = 8;
const LEFT = 12;

/** Pixels that a letter of a label takes, about. */
const LETTER = 6.6;

/** When each step ran, beside whom, and which way took longest. */
export function TimelineView() {
  const view = useShownRun();
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(Math.max(200, contentRect.width - LEFT * 2)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  const now = useNow(view?.status === "running");
  return (
    <div className="timeline" ref={place}>
      {view === undefined || view.bars!.length === 0
        ? <p className="empty-view">No step has run yet.</p>
        : <Chart view={view} width={width} now={now} />}
    </div>
  );
}

/** What is shown, of a loop too. */
function useShownRun(): RunView | undefined {
  const view = useRunsState(({ view }) => view);
  const record = useRunsState(({ kind, record }) => kind === "loop" ? record : undefined);
  return useMemo(() => {
    return record === undefined ? view : loopTimeline(record.loop as unknown as LoopLook, record.created_at);
  }, [view, record]);
}

function Chart({ view, width, now }: { readonly view: RunView; readonly width: number; readonly now: number }) {
  const app = useApp();
  const runs = useRuns();
  const selected = useRunsState(({ step }) => step);
  const bars = drawn(view, { width, now });
  const span = endOf(view, now) - view.startedAt;
  const height = TOP + (view.lanes ?? 1) * LANE;
  const choose = (step: string) => {
    // A loop has no boxes and no logs here.
    if (!view.steps.has(step)) return;
    runs.show({ step });
    app.select(step);
  };
  return (
    <svg
      width={width + LEFT * 2}
      height={height + 26}
      role="group"
      aria-label={`Timeline of ${bars.length} stretches of work in ${durationText(span)}`}
    >
      {ticks(span, Math.floor(width / 90)).map((ms) => (
        <g key={ms} transform={`translate(${LEFT + ms / span * width} 0)`}>
          <line className="tick" y1={0} y2={height} />
          <text className="tick-text" y={height + 16} textAnchor={anchorAt(ms / span, width)}>{durationText(ms)}</text>
        </g>
      ))}
      {bars.map((bar) => (
        <BarShape
          key={`${bar.lane} ${bar.startedAt} ${bar.step} ${bar.part}`}
          bar={bar}
          isSelected={bar.step === selected}
          onChoose={() => choose(bar.step)}
        />
      ))}
    </svg>
  );
}

/** Words at an edge of the picture stay in it. */
function anchorAt(part: number, width: number): "start" | "middle" | "end" {
  const least = 30 / width;
  return part < least ? "start" : part > 1 - least ? "end" : "middle";
}

function BarShape(
  { bar, isSelected, onChoose }: { readonly bar: Drawn; readonly isSelected: boolean; readonly onChoose: () => void },
) {
  const { x, width, lane, standing, step, part, count, isCritical, startedAt, endedAt } = bar;
  const name = count > 1 ? `${count} stretches of ${step}` : part === undefined ? step : `${step} ${part}`;
  const took = endedAt === undefined ? "" : durationText(endedAt - startedAt);
  const label = `${name} ${took}`;
  const said = `${name}: ${standing}${took && `, ${took}`}${isCritical ? ", on the longest way" : ""}`;
  // What is known of the bar in fewer and fewer words, until they fit.
  const room = Math.floor((width - 10) / LETTER);
  const begun = room < 4 ? "" : `${name.slice(0, room - 1)}…`;
  const shown = [label, name, part ?? begun, took, begun].find((words) => words.length <= room) ?? "";
  return (
    <g
      transform={`translate(${LEFT + x} ${TOP + lane * LANE})`}
      className={`bar ${standing} ${isCritical ? "critical" : ""} ${isSelected ? "selected" : ""}`}
      role="button"
      tabIndex={0}
      aria-label={said}
      onClick={onChoose}
      onKeyDown={(event) => event.key === "Enter" && onChoose()}
    >
      <title>{said}</title>
      <rect width={width} height={LANE - 6} rx={4} />
      {/* What is broader than it was taken for is cut at the end of the bar. */}
      {shown !== "" && (
        <svg width={width} height={LANE - 6}>
          <text x={6} y={14}>{shown}</text>
        </svg>
      )}
    </g>
  );
}
