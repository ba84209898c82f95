/**
 * The programs of a plugin's worker, as addresses that it is started from: they need no file, neither from source nor in
 * the binary.
 *
 * @module
 */

import call from "./inside/call.js" with { type: "text" };
import faults from "./inside/faults.js" with { type: "text" };
import harden from "./inside/harden.js" with { type: "text" };
import keeper from "./inside/keeper.js" with { type: "text" };
import serve from "./inside/serve.js" with { type: "text" };
import weigh from "./inside/weigh.js" with { type: "text" };

const parts = new Map([["./faults.js", faults], ["./harden.js", harden], ["./weigh.js", weigh], ["./call.js", call]]);

/** What the worker is started with. */
export const keeperUrl: string = addressOf(keeper);

/** What runs beside the plugin. */
export const programUrl: string = addressOf(serve);

/** Each with what it imports inside it: an address of data has no neighbours. */
function addressOf(text: string): string {
  const whole = text.replace(/"(\.\/\w+\.js)"/g, (_, name) => `"${addressOf(parts.get(name)!)}"`);
  return `data:text/javascript;base64,${new TextEncoder().encode(whole).toBase64()}`;
}
