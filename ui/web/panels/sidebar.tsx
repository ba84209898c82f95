import { useApp, useAppState } from "../state/use_app.ts";

/** The list on the left: pipelines, and the steps of the one that is open. */
export function Sidebar() {
  const app = useApp();
  const pipelines = useAppState(({ pipelines }) => pipelines);
  const open = useAppState(({ document }) => document?.path);
  const steps = useAppState(({ pipeline }) => pipeline?.steps);
  const status = useAppState(({ status }) => status);
  const selected = useAppState(({ selected }) => selected);
  return (
    <nav className="sidebar" aria-label="Pipelines and steps">
      <h2>Pipelines</h2>
      <ul>
        {pipelines.map(({ path }) => (
          <li key={path}>
            <button type="button" aria-current={path === open} onClick={() => void app.open(path)}>{path}</button>
          </li>
        ))}
      </ul>
      <h2>Steps</h2>
      <ul>
        {steps?.map(({ name }) => (
          <li key={name}>
            <button type="button" aria-current={name === selected} onClick={() => app.select(name)}>
              <span className={`mark ${(status.get(name)?.state ?? "").replace(" ", "-")}`} />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
