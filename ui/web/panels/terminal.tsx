import { lazy, Suspense } from "react";

const RunsPanel = lazy(async () => ({ default: (await import("../runs/runs_panel.tsx")).RunsPanel }));

/** The panel below the canvas: what runs write, and all else about them. Loaded after the canvas is there. */
export function Terminal() {
  return (
    <Suspense fallback={<section aria-label="Runs" />}>
      <RunsPanel />
    </Suspense>
  );
}
