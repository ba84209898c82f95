import { useAppState } from "../state/use_app.ts";

/** The panel on the right: what is selected. */
export function Properties() {
  const box = useAppState(({ canvas, selected }) => canvas.boxes.find(({ id }) => id === selected));
  const status = useAppState(({ status, selected }) => selected === undefined ? undefined : status.get(selected));
  const step = useAppState(({ run, selected }) => selected === undefined ? undefined : run?.steps.get(selected));
  if (box === undefined) {
    return (
      <aside className="properties" aria-label="Properties">
        <p>Nothing is selected.</p>
      </aside>
    );
  }
  return (
    <aside className="properties" aria-label="Properties">
      <h2>{box.label}</h2>
      <p className="detail">{box.detail}</p>
      {status && (
        <p>
          <span className={`mark ${status.state.replace(" ", "-")}`} /> {status.state}
          {status.reasons.length > 0 && `: ${status.reasons.join(", ")}`}
        </p>
      )}
      {step && <p>Last run: {step.standing}{step.note === undefined ? "" : ` (${step.note})`}</p>}
      <dl>
        {box.handles.map(({ id, name, text, type }) => (
          <div key={id}>
            <dt>{name}{type === undefined ? "" : ` (${type})`}</dt>
            <dd>{text ?? "linked"}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
