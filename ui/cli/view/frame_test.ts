import { strictEqual as equal } from "node:assert/strict";
import { Screen } from "../../../tests/support/screen.ts";
import { Frame } from "./frame.ts";

function frameOn(screen: Screen): Frame {
  return new Frame({
    write: (text) => screen.write(text),
    flush: () => {},
    size: () => ({ columns: screen.columns, rows: 24 }),
  });
}

Deno.test("Frame redraws its rows in place, below what scrolled", () => {
  const screen = new Screen(20);
  const frame = frameOn(screen);
  frame.scroll("one\n");
  frame.draw(["row 1", "row 2"]);
  equal(screen.text(), "one\nrow 1\nrow 2");
  equal(screen.cursorHidden, true);
  frame.scroll("two\nthree\n");
  frame.draw(["row 3"]);
  equal(screen.text(), "one\ntwo\nthree\nrow 3");
});

Deno.test("Frame leaves nothing behind when it closes, and gives the cursor back", () => {
  const screen = new Screen(20);
  const frame = frameOn(screen);
  frame.draw(["a", "b"]);
  frame.scroll("last\n");
  frame.close();
  frame.close();
  equal(screen.text(), "last");
  equal(screen.cursorHidden, false);
});

Deno.test("Frame takes back rows that wrapped because the window became narrower", () => {
  const screen = new Screen(20);
  const frame = frameOn(screen);
  frame.scroll("top\n");
  const narrow = new Screen(10);
  // What a terminal of 10 columns shows of rows drawn on 20: each takes two lines.
  frame.draw(["x".repeat(15), "y".repeat(15)]);
  narrow.write(`top\n${"x".repeat(15)}\n${"y".repeat(15)}`);
  screen.columns = 10;
  screen.write = (text) => narrow.write(text);
  frame.draw(["z"]);
  equal(narrow.text(), "top\nz");
});
