/** What the page is compared with, besides the original: its own parts as they come. */
export const UI_PEERS = ["react-flow", "xterm"] as const;

/** Versions of these parts; the pages of the peers name them too. */
export const UI_PACKAGES: Readonly<Record<string, string>> = {
  "@xyflow/react": "12.12.1",
  "@xterm/xterm": "6.0.0",
  elkjs: "0.12.1",
};
