import "@xyflow/react/dist/style.css";
import "./style.css";
import { createRoot } from "react-dom/client";
import { Page } from "./page.tsx";
import { App } from "./state/app.ts";
import { followTitle } from "./state/title.ts";
import { AppContext } from "./state/use_app.ts";
import { runsOf } from "./state/use_runs.ts";

const app = new App();
runsOf(app);
followTitle(app);
const root = createRoot(document.getElementById("root")!);
// Drawing takes longer than asking: what is to be drawn comes meanwhile.
await app.start(() =>
  root.render(
    <AppContext.Provider value={app}>
      <Page />
    </AppContext.Provider>,
  )
);
