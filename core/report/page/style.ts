import { PAGE_STYLE } from "../../loop/look/page/style.ts";

/** How the page looks, beyond what pages of loops have. */
export const REPORT_STYLE = `${PAGE_STYLE}
.pill.done, .pill.completed { color: var(--good); } .pill.stopped { color: var(--warn); }
td .pill { font-size: 12px; padding: 1px 8px; border-width: 1px; }
.tiles { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(400px, 1fr)); gap: 18px; }
.charts svg { width: auto; max-width: 100%; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 8px 24px; margin: 0; }
dl > dt { grid-row: auto; } dt { color: var(--soft); font-size: 13px; } dd { margin: 0 0 4px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.pair dt, .pair dd { display: block; }
pre { margin: 8px 0 0; padding: 10px 12px; border-radius: 8px; background: var(--back); border: 1px solid var(--rule); font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; }
td code { overflow-wrap: anywhere; } td pre { margin: 0; }
figure { margin: 0; } figure img { display: block; max-width: 100%; height: auto; border-radius: 8px; background: #fff; }
figcaption { margin: 0 0 8px; display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; } figcaption small, .soft { color: var(--soft); font-size: 13px; }
.outputs { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 26px 24px; align-items: start; }
.outputs > figure { min-width: 0; } .others { display: flex; flex-wrap: wrap; gap: 6px 32px; margin-top: 22px; } .outputs table { font-size: 13px; }
tr.best td { background: color-mix(in srgb, var(--good) 10%, transparent); font-weight: 600; }
.commands { margin: 0; } .commands dt { color: inherit; font-size: inherit; } .commands pre { margin: 2px 0 10px; }
.graph img { width: 100%; } .soft { margin: 8px 0 0; }
@media (max-width: 560px) { .charts, .outputs { grid-template-columns: minmax(0, 1fr); } }
@media print { :root { --back: #fff; --card: #fff; --text: #000; --soft: #444; --rule: #ccc; --good: #0a6b2d; color-scheme: light; }
  main { max-width: none; padding: 0; } body { font-size: 11px; } .card { border: 0; border-top: 1px solid var(--rule); border-radius: 0; padding: 10px 0; margin: 0; break-inside: auto; }
  figure, tr { break-inside: avoid; } h2 { break-after: avoid; } .outputs { grid-template-columns: 1fr 1fr; } }
`;
