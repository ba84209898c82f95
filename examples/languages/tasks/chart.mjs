// Draw one bar from the lowest to the highest temperature of each gauge.
// ---
// inputs:
//   summary: {type: json, description: Lowest and highest temperature by gauge}
// outputs:
//   --out: {type: image}
// args:
//   --title: {type: str, required: true}
// ---
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { bar } from "./lib/bar.mjs";

const [summary, , out, , title] = process.argv.slice(2);
const gauges = Object.entries(JSON.parse(readFileSync(summary, "utf8")));
const bars = gauges.map(([gauge, range], row) => bar(gauge, range, row));
const height = 40 + 30 * gauges.length;

writeFileSync(
  out,
  `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="${height}" font-family="sans-serif" font-size="13">
  <text x="10" y="22" font-weight="bold">${title}</text>
${bars.join("\n")}
</svg>
`,
);
