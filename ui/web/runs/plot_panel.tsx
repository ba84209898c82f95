import { useState } from "react";
import { plotOf, type ResultTable } from "../api/runs.ts";
import { useAppState } from "../state/use_app.ts";
import { useAsked } from "./use_asked.ts";
import { useTheme } from "../state/theme.ts";

const INK = { light: "#22241f", dark: "#e9eae6" };

interface PlotPanelProps {
  readonly table: ResultTable;
  /** Of a sweep. */
  readonly id?: string;
  /** Another text whenever there may be other numbers. */
  readonly changed: string;
}

/** One column over another, drawn by the server; which ones is chosen here. */
export function PlotPanel({ table, id, changed }: PlotPanelProps) {
  const path = useAppState(({ document }) => document?.path);
  const theme = useTheme();
  const of = (kind: string) => table.columns.filter((column) => column.kind === kind).map(({ name }) => name);
  const [metrics, parameters] = [of("metric"), of("parameter")];
  const [x, setX] = useState<string>();
  const [y, setY] = useState<string>();
  const [color, setColor] = useState("");
  const [log, setLog] = useState("");
  const [atX, atY] = [x ?? parameters[0], y ?? metrics[0] ?? of("duration")[0]];
  const query = { path, id, x: atX, y: atY, color, log, ink: INK[theme], width: 420, height: 240 };
  const isPossible = atY !== undefined;
  const { value, error } = useAsked(
    isPossible ? JSON.stringify([query, changed]) : undefined,
    () => plotOf(query),
  );
  const numeric = table.columns.filter((column) => column.numeric).map(({ name }) => name);
  const names = table.columns.map(({ name }) => name);
  if (!isPossible) {
    return (
      <figure className="plot-panel nothing">
        <p className="empty-view">
          There are no numbers to draw: name files with metrics under metrics: in the pipeline.
        </p>
      </figure>
    );
  }
  return (
    <figure className="plot-panel">
      <figcaption>
        <Choice label="Down" value={atY ?? ""} names={numeric} onChoose={setY} />
        <Choice label="Across" value={atX ?? ""} names={names} onChoose={setX} />
        <Choice label="Colour" value={color} names={["", ...parameters]} onChoose={setColor} />
        <Choice label="Logarithmic" value={log} names={["", "x", "y", "both"]} onChoose={setLog} />
      </figcaption>
      <div className="picture">
        {error && <p className="view-error" role="alert">{error}</p>}
        {value?.svg && (
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(value.svg)}`}
            alt={`${atY} over ${atX}: ${value.dots} points${value.left > 0 ? `, ${value.left} not drawn` : ""}`}
          />
        )}
        {value && value.left > 0 && <p className="run-facts">{value.left} rows without a number are not drawn.</p>}
      </div>
    </figure>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  readonly onChoose: (name: string) => void;
}

function Choice({ label, value, names, onChoose }: ChoiceProps) {
  return (
    <label>
      {label}{" "}
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {names.map((name) => <option key={name} value={name}>{name === "" ? "none" : name}</option>)}
      </select>
    </label>
  );
}
