import { Menu, type MenuItem } from "../kit/menu.tsx";
import { download } from "../state/download.ts";
import type { Settings } from "../state/settings.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSettings, useSides, useStore } from "../state/use_sides.ts";
import { problemsName, useProblems } from "./use_problems.ts";

const THEMES: readonly (readonly [Settings["theme"], string])[] = [
  ["system", "Colours of the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** What is done more rarely. */
export function MoreMenu() {
  const app = useApp();
  const { closedProblems, dialogs, layOut } = useSides();
  const isClosed = useStore(closedProblems) === problemsName(useProblems());
  const [{ theme, showParameters }, settings] = useSettings();
  const document = useAppState(({ document }) => document);
  const isRunning = useAppState(({ run }) => run?.status === "running");
  const isOpen = document !== undefined;
  const themes = THEMES.map(([value, label]): MenuItem => ({
    label,
    checked: theme === value,
    onPick: () => settings.change({ theme: value }),
  }));
  return (
    <Menu
      icon="more"
      label="More"
      items={[
        { label: "New pipeline…", icon: "add", onPick: () => void dialogs.ask({ kind: "new" }) },
        {
          label: "Export YAML",
          icon: "download",
          disabled: !isOpen,
          onPick: () => download(document!.path.replace(/^.*\//, ""), document!.text),
        },
        "line",
        { label: "Lay out", icon: "layout", hint: "Ctrl+Shift+L", disabled: !isOpen, onPick: () => void layOut() },
        {
          label: "Show parameters",
          hint: "P",
          checked: showParameters,
          onPick: () => settings.change({ showParameters: !showParameters }),
        },
        {
          label: "Show problems",
          icon: "warn",
          disabled: !isClosed,
          onPick: () => closedProblems.set(""),
        },
        {
          label: "Clean…",
          icon: "clean",
          disabled: !isOpen || isRunning,
          onPick: () => void dialogs.ask({ kind: "clean" }),
        },
        { label: "Look for changes on the disk", icon: "refresh", onPick: () => void app.refresh() },
        "line",
        ...themes,
        "line",
        { label: "Help", icon: "help", onPick: () => void dialogs.ask({ kind: "help" }) },
      ]}
    />
  );
}
