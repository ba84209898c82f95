import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { type ContractCase, type ContractTools, trySuite } from "../../core/registry/suites/case.ts";

/** Providers that are broken in one way each. */
export type Mutants<Subject> = Readonly<Record<string, () => Subject>>;

/**
 * Two tests of a suite: each broken provider is caught, and each case catches one. A case that no mutant fails might as
 * well not be there.
 */
export function mutantTests<Subject>(
  port: string,
  { suite, mutants, tools }: {
    readonly suite: readonly ContractCase<Subject>[];
    readonly mutants: Mutants<Subject>;
    readonly tools: ContractTools;
  },
): void {
  const caught = new Set<string>();
  for (const [name, make] of Object.entries(mutants)) {
    Deno.test(`${port} suite catches a provider that ${name}`, async () => {
      const outcomes = await trySuite(suite, () => Promise.resolve(make()), tools);
      const failed = outcomes.filter(({ error }) => error !== undefined);
      for (const { name } of failed) caught.add(name);
      ok(failed.length > 0, "no case failed");
    });
  }
  Deno.test(`${port} suite has no case that catches nobody`, () => {
    deepEqual(suite.map(({ name }) => name).filter((name) => !caught.has(name)), []);
  });
}
