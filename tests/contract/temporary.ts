/** A new folder, removed at the end of the scope, whatever became of it. Its path holds no links. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-test-" }));
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}
