/**
 * How a picture looks: dark on white, the other way round where a reader prefers it. Plain class rules, because converters
 * to PDF know no variables.
 *
 * @module
 */

const FONT = `"Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans",sans-serif`;

const LIGHT = `text{font-family:${FONT}}
.paper{fill:#fff}
.frame{fill:#f3f6fa;stroke:#d3dbe6}
.again{fill:#f8f4fd;stroke:#c3aee2;stroke-width:1.3;stroke-dasharray:6 4}
.heading{font-size:11px;font-weight:700;fill:#5a6780}
.box{fill:#fff;stroke:#3f4b61;stroke-width:1.3;stroke-linejoin:round}
.title{font-size:13px;font-weight:700;fill:#131a26}
.under,.took{font-size:10.5px;fill:#66728a}
.took{text-anchor:end;font-variant-numeric:tabular-nums}
.data{stroke-width:1.2;fill-opacity:.14}
.absent{stroke-dasharray:3.5 2.5}
.name{font-size:11.5px;fill:#1d2637;text-anchor:middle}
.line{fill:none;stroke:#8b97ad;stroke-width:1.3}
.soft{stroke-dasharray:5 3.5}
.thin{stroke-dasharray:1.5 3}
.back{stroke:#8a63c0;stroke-dasharray:6 3.5;stroke-width:1.5}
.head{fill:#8b97ad}
.back-head{fill:#8a63c0}
.label{font-size:9.5px;fill:#5a6780;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3.5px;stroke-linejoin:round}
.key{font-size:10.5px;fill:#5a6780}
.faded{opacity:.42}
.fresh{fill:#178a4c}
.stale{fill:#d18409}
.missing{fill:#cf3a35}
.modified{fill:#7b4fc4}
.ring{fill:none;stroke-width:1.6}
.never{stroke:#8b97ad}
.half{stroke:#d18409}
.dot{fill:#8b97ad}
.sign{fill:none;stroke:#fff;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}`;

const DARK = `.paper{fill:#12161e}
.frame{fill:#1a202b;stroke:#2e3848}
.again{fill:#201a2c;stroke:#5d4a80}
.heading,.key,.under,.took{fill:#97a3b8}
.box{fill:#1d2532;stroke:#8593ab}
.title{fill:#eef2f8}
.name{fill:#dfe6f0}
.data{fill-opacity:.24}
.line{stroke:#66728a}
.head{fill:#66728a}
.back{stroke:#a98ae0}
.back-head{fill:#a98ae0}
.label{fill:#a8b3c6;stroke:#12161e}
.sign{stroke:#12161e}`;

/** Colours of types, told apart by most eyes; after Okabe and Ito, "Color Universal Design", 2008. */
const COLORS: Readonly<Record<string, string>> = {
  csv: "#1a936f",
  json: "#2272c9",
  txt: "#6d7890",
  image: "#e08214",
  image_directory: "#b35806",
  data_folder: "#8c6d1f",
  video: "#c2478f",
};

/** For types that are not known, in order of appearance. */
const MORE = ["#0e8fa8", "#a14fb8", "#c0392b", "#4c6b22", "#3f51b5", "#795548"];
const NONE = "#7d889c";

/** Colours for these types, each its own as far as there are any. */
export function typeColors(types: Iterable<string | undefined>): ReadonlyMap<string | undefined, string> {
  const colors = new Map<string | undefined, string>([[undefined, NONE]]);
  let others = 0;
  for (const type of types) {
    if (colors.has(type)) continue;
    colors.set(type, Object.hasOwn(COLORS, type!) ? COLORS[type!] : MORE[others++ % MORE.length]);
  }
  return colors;
}

/** Of parameters. */
export const PARAMETER_COLOR = "#7b5bb5";

/** The whole style sheet. */
export const STYLE = `${LIGHT}\n@media (prefers-color-scheme:dark){\n${DARK}\n}`;
