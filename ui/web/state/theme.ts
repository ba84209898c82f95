/**
 * Light or dark.
 *
 * @module
 */

import { useEffect } from "react";
import { useMedia } from "./folding.ts";
import { useSettings } from "./use_sides.ts";

/** What the page looks like now; the page's style follows. */
export function useTheme(): "light" | "dark" {
  const [{ theme }] = useSettings();
  const isDark = useMedia("(prefers-color-scheme: dark)");
  const shown = theme === "system" ? (isDark ? "dark" : "light") : theme;
  useEffect(() => {
    document.documentElement.dataset.theme = shown;
  }, [shown]);
  return shown;
}
