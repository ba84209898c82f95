/**
 * How a person likes the page, remembered by the browser.
 *
 * @module
 */

import { Store } from "../../graph/store.ts";

/** A panel at a side of the canvas. */
export interface PanelSetting {
  readonly isFolded: boolean;
  /** Pixels. */
  readonly size: number;
}

/** Panels that can be folded. */
export type PanelName = "left" | "right" | "bottom";

/** Everything that is remembered. */
export interface Settings {
  readonly left: PanelSetting;
  readonly right: PanelSetting;
  readonly bottom: PanelSetting;
  readonly theme: "system" | "light" | "dark";
  /** Width of the panel on the right while it shows the text. */
  readonly textWidth: number;
  /** What the panel on the right shows. */
  readonly tab: "properties" | "yaml";
  readonly showParameters: boolean;
  /** The small picture of everything, in a corner of the canvas. */
  readonly showMap: boolean;
  /** Sections of the panel on the left that are closed. */
  readonly closed: readonly string[];
  /** Run steps that are not needed as well, side by side, or only those that are not fresh. */
  readonly parallel: boolean;
  readonly cached: boolean;
  /** Whose runs the history shows. */
  readonly history: "pipeline" | "project";
}

/** As the page is at first. */
export const DEFAULTS: Settings = {
  left: { isFolded: false, size: 268 },
  right: { isFolded: false, size: 328 },
  bottom: { isFolded: false, size: 190 },
  textWidth: 520,
  theme: "system",
  tab: "properties",
  showParameters: true,
  showMap: true,
  closed: [],
  parallel: false,
  cached: false,
  history: "pipeline",
};

/** Least and most pixels. */
export const SIZES: Readonly<Record<PanelName, readonly [least: number, most: number]>> = {
  left: [180, 480],
  right: [240, 900],
  bottom: [150, 600],
};

const KEY = "loom-settings";

/** The settings, and changing them. */
export class SettingsStore extends Store<Settings> {
  constructor() {
    super(kept());
    this.subscribe(() => keep(this.get()));
  }

  change(change: Partial<Settings>): void {
    this.update((settings) => ({ ...settings, ...change }));
  }

  resize(panel: PanelName, size: number): void {
    const [least, most] = SIZES[panel];
    const bounded = Math.round(Math.min(most, Math.max(least, size)));
    if (panel === "right" && this.get().tab === "yaml") return this.change({ textWidth: bounded });
    this.change({ [panel]: { ...this.get()[panel], size: bounded } });
  }

  fold(panel: PanelName, isFolded: boolean): void {
    this.change({ [panel]: { ...this.get()[panel], isFolded } });
  }
}

/** Pixels of a panel as it is shown now. */
export function sizeOf(settings: Settings, panel: PanelName): number {
  return panel === "right" && settings.tab === "yaml" ? settings.textWidth : settings[panel].size;
}

/** What was kept, where it is of the right kind; a browser that keeps nothing gives the defaults. */
function kept(): Settings {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof found !== "object" || found === null) return DEFAULTS;
    const usable = Object.entries(found).filter(([key, value]) => isLike(value, DEFAULTS[key as keyof Settings]));
    return { ...DEFAULTS, ...Object.fromEntries(usable) };
  } catch {
    // Switched off by the browser, or written by something else.
    return DEFAULTS;
  }
}

function isLike(value: unknown, model: unknown): boolean {
  if (typeof value !== typeof model || Array.isArray(value) !== Array.isArray(model)) return false;
  if (typeof model !== "object" || model === null || Array.isArray(model)) return true;
  const given = value as Record<string, unknown> | null;
  return given !== null && Object.entries(model).every(([key, part]) => isLike(given[key], part));
}

function keep(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Switched off or full: the settings hold until the page is closed.
  }
}
