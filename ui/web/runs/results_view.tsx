import { useState } from "react";
import { type ResultTable, tableOf } from "../api/runs.ts";
import { useAppState } from "../state/use_app.ts";
import { useRuns, useRunsState } from "../state/use_runs.ts";
import { durationText, timeText, valueText } from "./format.ts";
import { PlotPanel } from "./plot_panel.tsx";
import { PointOutputs } from "./point_outputs.tsx";
import { Standing } from "./standing.tsx";
import { useAsked } from "./use_asked.ts";

/** Parameters beside what was measured: the points of the sweep that is shown, or the newest runs. */
export function ResultsView() {
  const path = useAppState(({ document }) => document?.path);
  const id = useRunsState(({ view, record }) =>
    isSweep(view?.pointsTotal, record?.points.length) ? view?.id : undefined
  );
  // Points come one after the other: the table is asked for again as they end.
  const ended = useRunsState(({ view, changes }) =>
    `${changes} ${[...view?.points?.values() ?? []].map(({ status }) => status[0]).join("")}`
  );
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState("");
  const [point, setPoint] = useState<string>();
  const { value, error } = useAsked(path && `${path} ${id} ${filter} ${ended}`, () => tableOf({ path, id, filter }));
  return (
    <div className="results-view">
      <div className="results-main">
        <div className="view-bar">
          <strong title={id && `Points of run ${id}`}>{id === undefined ? "Newest runs" : "Points"}</strong>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setFilter(typed);
            }}
          >
            <input
              type="search"
              className="filter"
              placeholder="Filter: lr < 0.1 and seed != 3"
              aria-label="Filter the rows, such as lr < 0.1 and seed != 3"
              value={typed}
              onChange={(event) => (setTyped(event.currentTarget.value), event.currentTarget.value || setFilter(""))}
            />
          </form>
          {value && <span>{value.rows.length} of {value.total}</span>}
          {value?.best && (
            <span className="best-note">
              best by {value.best.metric} ({value.best.mode === "min" ? "less is better" : "more is better"}):{" "}
              {value.best.key}
            </span>
          )}
        </div>
        {error && <p className="view-error" role="alert">{error}</p>}
        {value && <Rows table={value} id={id} onFiles={setPoint} />}
      </div>
      {point !== undefined && id !== undefined && path !== undefined && (
        <PointOutputs
          key={point}
          run={id}
          point={point}
          path={path}
          onClose={() => setPoint(undefined)}
        />
      )}
      {value && value.rows.length > 1 && point === undefined && <PlotPanel table={value} id={id} changed={ended} />}
    </div>
  );
}

function isSweep(told: number | undefined, kept: number | undefined): boolean {
  return (told ?? kept ?? 0) > 0;
}

interface Order {
  readonly column: number;
  readonly isDown: boolean;
}

interface RowsProps {
  readonly table: ResultTable;
  readonly id?: string;
  /** The files of a point are wished for. */
  readonly onFiles: (point: string) => void;
}

function Rows({ table, id, onFiles }: RowsProps) {
  const runs = useRuns();
  const compared = useRunsState(({ compared }) => compared);
  const [order, setOrder] = useState<Order>();
  const best = new Set(table.best === undefined ? [] : [table.best.key, ...table.best.ties]);
  const address = (key: string) => id === undefined ? key : `${id}:${key}`;
  const mark = (key: string) => {
    const one = address(key);
    const others = compared.filter((it) => it.includes(":") === one.includes(":"));
    runs.show({ compared: others.includes(one) ? others.filter((it) => it !== one) : [...others, one].slice(-2) });
  };
  return (
    <div className="scrolls">
      <table className="run-table results">
        <thead>
          <tr>
            <th scope="col">
              <button
                type="button"
                className="small"
                disabled={compared.length !== 2}
                onClick={() => runs.show({ tab: "compare" })}
              >
                Compare
              </button>
            </th>
            {table.columns.map(({ name, numeric, kind }, i) => (
              <th
                key={name}
                scope="col"
                className={numeric ? "number" : ""}
                aria-sort={order?.column !== i ? "none" : order.isDown ? "descending" : "ascending"}
              >
                <button
                  type="button"
                  className="link-button"
                  title={`${kind}: sort by it`}
                  onClick={() => setOrder({ column: i, isDown: order?.column === i && !order.isDown })}
                >
                  {name}
                  {order?.column === i && (order.isDown ? " ↓" : " ↑")}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered(table, order).map(({ key, cells, status }) => (
            <tr key={key} className={best.has(key) ? "best" : ""}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Compare ${key}`}
                  checked={compared.includes(address(key))}
                  onChange={() => mark(key)}
                />
                {id !== undefined && (
                  <button type="button" className="link-button" onClick={() => onFiles(key)}>
                    files<span className="unseen">{` of ${key}`}</span>
                  </button>
                )}
              </td>
              {cells.map((cell, i) => (
                <td key={i} className={table.columns[i].numeric ? "number" : ""}>
                  {table.columns[i].name === "status"
                    ? <Standing of={status} />
                    : cellText(cell, table.columns[i].kind)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Numbers by their size, all else by its letters; what is missing comes last. */
function ordered({ rows }: ResultTable, order: Order | undefined): ResultTable["rows"] {
  if (order === undefined) return rows;
  const sign = order.isDown ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a.cells[order.column], b.cells[order.column]];
    if (x === y) return 0;
    if (x === null || x === undefined) return 1;
    if (y === null || y === undefined) return -1;
    if (typeof x === "number" && typeof y === "number") return (x - y) * sign;
    return String(x).localeCompare(String(y), undefined, { numeric: true }) * sign;
  });
}

function cellText(cell: ResultTable["rows"][number]["cells"][number], kind: string): string {
  if (cell === null || cell === undefined) return "";
  if (kind === "time") return timeText(Number(cell));
  return kind === "duration" ? durationText(Number(cell)) : valueText(cell);
}
