import { lazy, Suspense } from "react";
import { useSettings } from "../state/use_sides.ts";
import { Properties } from "./properties/properties.tsx";
import "./inspector.css";
// Styles of what is loaded later come with the first ones.
import "./yaml.css";

const Yaml = lazy(() => import("./yaml.tsx"));

const TABS = [["properties", "Properties"], ["yaml", "YAML"]] as const;

/** The panel on the right: what is selected, or the text of the file. */
export function Inspector({ width }: { readonly width: number }) {
  const [{ tab }, settings] = useSettings();
  const show = (next: "properties" | "yaml") => {
    settings.change({ tab: next });
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <aside className="side right inspector" aria-label="Properties" style={{ width }}>
      <div
        className="tabs"
        role="tablist"
        aria-label="What the panel shows"
        onKeyDown={({ key }) => /^Arrow(Left|Right)$/.test(key) && show(tab === "yaml" ? "properties" : "yaml")}
      >
        {TABS.map(([name, label]) => (
          <button
            type="button"
            key={name}
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            aria-controls="inspector-shown"
            tabIndex={tab === name ? 0 : -1}
            onClick={() => show(name)}
          >
            {label}
          </button>
        ))}
      </div>
      <div className="shown" role="tabpanel" id="inspector-shown" aria-labelledby={`tab-${tab}`}>
        {tab === "properties" ? <Properties /> : (
          <Suspense fallback={<p className="none">Loading the editor…</p>}>
            <Yaml />
          </Suspense>
        )}
      </div>
    </aside>
  );
}
