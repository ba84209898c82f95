/**
 * Questions to a real Python, many in one process.
 *
 * @module
 */

/**
 * Run a Python program that reads a JSON document from its standard input and prints one.
 *
 * @param program Source of the program.
 * @param question What it reads.
 * @param options Which Python; the first `python3` on the path when absent.
 * @returns What it printed.
 * @throws {Error} If it fails, with what it said.
 */
export async function askPython<Answer = string[]>(
  program: string,
  question: unknown,
  options: { readonly python?: string } = {},
): Promise<Answer> {
  const command = new Deno.Command(options.python ?? "python3", {
    args: ["-c", program],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { PYTHONIOENCODING: "utf-8" },
  });
  const child = command.spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(question)));
  await writer.close();
  const { success, stdout, stderr } = await output;
  if (!success) throw new Error(`Python failed: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
