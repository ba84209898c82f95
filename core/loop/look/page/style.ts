/** How the page looks: light and dark, on screens and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --text: #1c2330; --soft: #5b6577; --rule: #e3e7ed;
  --score: #2f6bff; --cost: #0d9488; --time: #8b5cf6; --good: #15803d; --bad: #d92d2d; --warn: #b45309; --side: #aab3c2; }
@media (prefers-color-scheme: dark) { :root { --back: #0e1218; --card: #161c25; --text: #e4e9f1; --soft: #93a0b4;
  --rule: #273040; --score: #7da3ff; --cost: #35c9bb; --time: #b79bff; --good: #4ade80; --bad: #ff7b72; --warn: #f5b545;
  --side: #55617a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0; display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
h2 { font-size: 14px; margin: 0 0 10px; display: flex; gap: 10px; align-items: baseline; }
h2 small { font-weight: 400; color: var(--soft); font-size: 13px; }
code, .id, td.number { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
.facts { color: var(--soft); margin: 8px 0 24px; display: flex; flex-wrap: wrap; gap: 4px 20px; }
.pill { font-size: 13px; font-weight: 600; padding: 3px 11px; border-radius: 99px; border: 1.5px solid currentColor; color: var(--soft); }
.pill.completed { color: var(--good); } .pill.failed { color: var(--bad); } .pill.running { color: var(--score); }
.pill.paused, .pill.stalled, .pill.budget_exhausted, .pill.interrupted { color: var(--warn); }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 16px 18px; margin-bottom: 16px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 14px; margin-bottom: 16px; }
.tiles .card { margin: 0; } .tile-name { color: var(--soft); font-size: 13px; }
.tile-value { font-size: 23px; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.35; }
.tile-more { color: var(--soft); font-size: 13px; }
.meter { height: 5px; border-radius: 9px; background: var(--rule); margin: 8px 0 5px; overflow: hidden; }
.meter i { display: block; height: 100%; background: var(--cost); border-radius: 9px; } .meter.full i { background: var(--warn); }
.alert { border-color: var(--bad); } .alert pre { margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; color: var(--bad); }
.wait { border-color: var(--warn); }
svg { display: block; width: 100%; height: auto; } .tick { fill: var(--soft); font-size: 12px; } .tick.warn { fill: var(--warn); }
.grid { stroke: var(--rule); } .limit { stroke: var(--warn); stroke-dasharray: 5 4; stroke-width: 1.5; }
.line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
.line.score { stroke: var(--score); } .line.cost { stroke: var(--cost); } .area.cost { fill: var(--cost); opacity: .13; }
.dot.score { fill: var(--score); } .dot.score.side { fill: var(--card); stroke: var(--side); stroke-width: 1.75; } .dot.cost { fill: var(--cost); }
.ring { fill: none; stroke: var(--good); stroke-width: 2; } .cross { stroke: var(--bad); stroke-width: 2; fill: none; }
.bar { fill: var(--time); } .bar.error { fill: var(--bad); }
.edge { fill: none; stroke: var(--side); stroke-width: 1.75; stroke-dasharray: 4 3; } .edge.main { stroke: var(--score); stroke-width: 2.5; stroke-dasharray: none; }
.node { stroke-width: 2; } .node.main { fill: var(--score); stroke: var(--card); } .node.side { fill: var(--card); stroke: var(--side); }
.node.error { fill: var(--card); stroke: var(--bad); } .stem { stroke: var(--side); } .hanger { fill: var(--cost); } .hanger.fork { fill: var(--warn); }
.dense .edge { stroke-width: 1; stroke-dasharray: none; opacity: .55; } .dense .edge.main { stroke-width: 2; opacity: 1; }
.dense .node { stroke: none; } .dense .node.side { fill: var(--side); } .dense .node.error { fill: var(--bad); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--soft); font-size: 13px; margin-top: 6px; }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 99px; margin-right: 6px; border: 2px solid; vertical-align: -1px; }
.legend .main { background: var(--score); border-color: var(--score); } .legend .side { border-color: var(--side); }
.legend .error { border-color: var(--bad); } .legend .best { border-color: var(--good); }
.legend .inside { background: var(--cost); border-color: var(--cost); border-radius: 2px; }
.legend .fork { background: var(--warn); border-color: var(--warn); border-radius: 2px; transform: rotate(45deg) scale(.8); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--soft); font-weight: 500; font-size: 13px; padding: 4px 14px 6px 0; border-bottom: 1px solid var(--rule); white-space: nowrap; }
td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--rule); vertical-align: top; } tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.what { width: 45%; overflow-wrap: anywhere; } tr.side td.number { color: var(--soft); }
tr.inside td:first-child { padding-left: 26px; } tr.inside td { background: color-mix(in srgb, var(--rule) 35%, transparent); }
.mark { display: inline-block; font-size: 12px; padding: 0 8px; border-radius: 99px; background: color-mix(in srgb, var(--warn) 15%, transparent); color: var(--warn); margin: 0 6px 2px 0; }
.mark.good { background: color-mix(in srgb, var(--good) 15%, transparent); color: var(--good); }
.error-text { color: var(--bad); } footer { color: var(--soft); font-size: 13px; margin-top: 24px; }
@media print { body { background: none; } .card { break-inside: avoid; } }
`;
