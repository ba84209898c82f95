import type { LoopRow } from "../../ports/loop_store.ts";
import { differences } from "../definition/identity.ts";
import { SpecMismatch } from "../base/errors.ts";
import type { ResumeOptions } from "../types/mod.ts";
import type { Engine } from "./engine.ts";

/**
 * Fields in which the loop is no longer what it was when the run began, where that is allowed.
 *
 * @throws {SpecMismatch} Where it is not.
 */
export function checkSpec<S>(
  { definition, host }: Pick<Engine<S>, "definition" | "host">,
  row: LoopRow,
  { onSpecChange = "error" }: Pick<ResumeOptions, "onSpecChange">,
): readonly string[] {
  if (row.specHash === definition.specHash) return [];
  const fields = row.specJson === "" ? ["everything: it was imported"] : differences(row.specJson, definition.specJson);
  const isMigrated = definition.spec.migrate?.[row.version ?? ""] !== undefined;
  if (onSpecChange === "accept" || isMigrated) return fields;
  const message = `Run ${row.id} was begun by another loop: it differs in ${fields.join(", ")}`;
  if (onSpecChange === "error") {
    const hint = 'give the loop a migrate for the old version, or say onSpecChange: "accept"';
    throw new SpecMismatch(message, { runId: row.id, hint, data: { fields } });
  }
  host.report(message);
  return fields;
}
