/** The state after a step that changes 1 % of it; `support/states.ts` holds the same for ours. */
const { createHash } = require("node:crypto");

const POOL = Array.from({ length: 4_096 }, (_, index) => textOf(`new ${index}`));

function textOf(seed) {
  return createHash("sha384").update(seed).digest("hex");
}

function changed({ n, items }) {
  const next = items.slice();
  const count = Math.max(1, Math.floor(items.length / 100));
  for (let at = 0; at < count; at++) {
    next[(n * 7_919 + at * 101) % items.length] = POOL[(n * count + at) % POOL.length];
  }
  return { n: n + 1, items: next };
}

module.exports = { changed };
