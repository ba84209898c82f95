import { useEffect, useState } from "react";
import { ask } from "../api/client.ts";
import type { Cleaned, CleanPlan } from "../api/types.ts";
import { useApp } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import { Dialog } from "./dialog.tsx";
import type { Answers } from "./questions.tsx";

/** What steps made, listed before it is taken away; what must stay, and why. */
export function Clean({ answer }: Answers) {
  const app = useApp();
  const path = app.state.document!.path;
  const [plan, setPlan] = useState<CleanPlan>();
  const [done, setDone] = useState<Cleaned>();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const { data } = useSides();
  const look = () => ask("GET /api/clean", { query: { path } }).then(setPlan, (error) => setFailure(error.message));
  useEffect(() => void look(), []);
  const there = plan?.entries.filter(({ kind }) => kind !== "absent") ?? [];
  const remove = async (mode: "trash" | "permanent") => {
    setBusy(true);
    try {
      if (plan !== undefined) setDone(await ask("POST /api/clean", { body: { path, mode, plan: plan.plan } }));
      void data.load(path, app.state.document!.text);
      void app.refreshStatus();
    } catch (error) {
      setFailure((error as Error).message);
      await look();
    } finally {
      setBusy(false);
    }
  };
  const close = () => answer(undefined);
  const isReady = plan !== undefined && plan.refused.length === 0 && there.length > 0 && !isBusy;
  const buttons = done === undefined
    ? (
      <>
        <button type="button" data-first onClick={close}>Cancel</button>
        <button type="button" disabled={!isReady} onClick={() => void remove("trash")}>Move to trash</button>
        <button type="button" className="danger" disabled={!isReady} onClick={() => void remove("permanent")}>
          Delete permanently
        </button>
      </>
    )
    : <button type="button" className="go" autoFocus onClick={close}>Close</button>;
  return (
    <Dialog title="Clean what the steps made" size="wide" onClose={close} buttons={buttons}>
      {failure !== undefined && <p className="bad-text" role="alert">{failure}</p>}
      {done !== undefined && <Result done={done} />}
      {done === undefined && plan !== undefined && <Plan plan={plan} there={there} />}
      {plan === undefined && failure === undefined && <p>Looking…</p>}
    </Dialog>
  );
}

function Plan({ plan, there }: { readonly plan: CleanPlan; readonly there: CleanPlan["entries"] }) {
  const { refused } = plan;
  const count = `${there.length} ${there.length === 1 ? "path" : "paths"} that steps made:`;
  return (
    <>
      <p>{there.length === 0 ? "Nothing that steps made is there." : count}</p>
      <Entries entries={there} />
      {refused.length > 0 && <h3>These must stay, and so nothing is removed</h3>}
      <Entries entries={refused} />
      {plan.protected.length > 0 && (
        <>
          <h3>Source data, which is never touched</h3>
          <ul className="paths">
            {plan.protected.map(({ key, path }) => (
              <li key={key}>
                <span className="path">{path}</span>
                <span className="note">{key}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Entries({ entries }: { readonly entries: CleanPlan["entries"] }) {
  if (entries.length === 0) return null;
  return (
    <ul className="paths">
      {entries.map(({ key, path, kind, files, sample, inside, refused }) => (
        <li key={`${key} ${path}`}>
          <span className="path" title={sample.join("\n")}>{path}</span>
          <span className="note">
            {key} · {kind === "folder" ? `folder, ${files} ${files === 1 ? "file" : "files"}` : kind}
            {!inside && " · outside the pipeline's folder"}
          </span>
          {kind === "folder" && sample.length > 0 && (
            <span className="note">{sample.join(", ")}{files > sample.length && ", …"}</span>
          )}
          {refused !== undefined && <span className="why">{refused}</span>}
        </li>
      ))}
    </ul>
  );
}

function Result({ done: { cleaned, failed, paths, emptied } }: { readonly done: Cleaned }) {
  const wrong = paths.filter(({ action }) => action === "failed");
  return (
    <div role="status">
      <p>
        {cleaned} removed{failed > 0 && <span className="bad-text">, {failed} could not be</span>}
        {emptied.length > 0 && `, and ${emptied.length} empty folders`}.
      </p>
      {wrong.length > 0 && (
        <ul className="paths">
          {wrong.map(({ path, error }) => (
            <li key={path}>
              <span className="path">{path}</span>
              <span className="why">{error}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
