import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { allCommands } from "./unwrap.ts";
import { parseShell } from "./parse.ts";

function lines(text: string): readonly string[] {
  return allCommands(text).commands.filter(({ words }) => words.length > 0)
    .map(({ words }) => words.map((word) => word.text.replaceAll("\0", "?")).join(" "));
}

const CASES: readonly (readonly [text: string, commands: readonly string[]])[] = [
  ["ls -la", ["ls -la"]],
  ["a && b || c; d & e", ["a", "b", "c", "d", "e"]],
  ["cat f | grep x", ["cat f", "grep x"]],
  ["echo 'a b' \"c d\" e\\ f", ["echo a b c d e f"]],
  ["echo $HOME ${x:-y} $1", ["echo ? ? ?"]],
  ["echo $(rm -rf x) `date`", ["rm -rf x", "date", "echo ? ?"]],
  ['echo "$(echo "deep $(rm x)")"', ["rm x", "echo deep ?", "echo ?"]],
  ["diff <(ls a) <(ls b)", ["ls a", "ls b", "diff ? ?"]],
  ["if true; then rm x; else y; fi", ["true", "rm x", "y"]],
  ["(cd x; { make; })", ["cd x", "make"]],
  ["A=1 B=2 git push -f", ["git push -f"]],
  ["sudo -u root env X=1 nice -n 5 rm x", [
    "sudo -u root env X=1 nice -n 5 rm x",
    "env X=1 nice -n 5 rm x",
    "nice -n 5 rm x",
    "rm x",
  ]],
  ["bash -c 'rm x; ls'", ["bash -c rm x; ls", "rm x", "ls"]],
  ['sh -ec "git push"', ["sh -ec git push", "git push"]],
  ["eval 'rm x'", ["eval rm x", "rm x"]],
  ["timeout 5 rm x", ["timeout 5 rm x", "rm x"]],
  ["find . -name x -exec rm {} \\;", ["find . -name x -exec rm {} ;", "rm {} ;"]],
  ["xargs -n 1 rm", ["xargs -n 1 rm", "rm"]],
  ["cat <<EOF\n$(rm x)\nEOF\nls", ["cat", "rm x", "ls"]],
  ["cat <<'EOF'\n$(rm x)\nEOF\nls", ["cat", "ls"]],
  ["cat <<-EOF\n\tx\n\tEOF\nls", ["cat", "ls"]],
  ["ls # rm x", ["ls"]],
  ["ls \\\n -a", ["ls -a"]],
  ["r''m x", ["rm x"]],
  ["$(echo rm) x", ["echo rm", "? x"]],
  ["echo $((1 + $(rm x)))", ["rm x", "1 + ?", "echo ?"]],
];

for (const [text, commands] of CASES) {
  Deno.test(`allCommands() of ${JSON.stringify(text)}`, () => {
    const found = lines(text);
    for (const command of commands) {
      equal(found.includes(command), true, `${command} is not among ${JSON.stringify(found)}`);
    }
  });
}

Deno.test("parseShell() keeps redirects apart from words", () => {
  const [{ words, redirects }] = parseShell("make >log 2>&1 </dev/null >> all").commands;
  deepEqual(words.map(({ text }) => text), ["make"]);
  deepEqual(redirects.map(({ operator, target }) => `${operator} ${target.text}`), [
    "> log",
    ">& 1",
    "< /dev/null",
    ">> all",
  ]);
});

Deno.test("parseShell() says what is no whole command", () => {
  for (const text of ["echo 'a", 'echo "a', "echo $(a", "echo `a", "cat <<EOF\na", "${x", "a\0b", "$(".repeat(100)]) {
    equal(parseShell(text).complete, false, text);
  }
  for (const text of ["", " ", "echo a", "a;b", "# x", "echo ${a}"]) equal(parseShell(text).complete, true, text);
});

Deno.test("allCommands() takes any text, and finds a command wherever it is put", () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    "`",
    "$(",
    ")",
    "${",
    "}",
    "|",
    ";",
    "&",
    "<<",
    ">",
    "\n",
    "\\",
    " ",
    "#",
    "a",
    "$((",
  );
  fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 40 }), (parts) => {
    const text = parts.join("");
    equal(typeof allCommands(text).complete, "boolean");
    if (parseShell(text).complete) equal(lines(`(${"ls\n"}); rm x; ${text}`).includes("rm x"), true);
  }));
});
