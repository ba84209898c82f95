import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { Terminal as Xterm } from "@xterm/xterm";
import { useEffect, useRef } from "react";
import { useApp } from "../state/use_app.ts";

/** What the steps write, as they write it. */
export function Terminal() {
  const app = useApp();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const terminal = new Xterm({ convertEol: true, fontSize: 12, scrollback: 20_000, disableStdin: true });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(place.current!);
    fit.fit();
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(place.current!);
    app.onOutput = ({ text }) => terminal.write(text);
    return () => (observer.disconnect(), terminal.dispose());
  }, [app]);
  return <section className="terminal" aria-label="Output" ref={place} />;
}
