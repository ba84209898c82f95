/**
 * `loom audit` and `loom audit verify`: what was decided and done, and whether its log is whole.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { type ChainState, shownText, verifyChain } from "../../../core/gate/mod.ts";
import type { AuditEntry, AuditLog, AuditRecord } from "../../../core/ports/audit.ts";
import type { Store } from "../../../core/ports/store.ts";
import { EXIT } from "../base/exit_code.ts";
import type { Host } from "../base/host.ts";
import { type Palette, palette } from "../view/colors.ts";
import { tableLines } from "../view/table.ts";
import { timeText } from "../view/time.ts";
import type { AuthorityCommand } from "../words/command.ts";

const SHOWN_RECORDS = 50;

/** Records are read in pieces, however many there are. */
const PAGE = 1_000;

/** Prints the newest records, newest last. */
export async function auditVerb(command: AuthorityCommand<"audit">, host: Host): Promise<number> {
  const { flags } = command;
  const { limit = SHOWN_RECORDS } = flags;
  const newest = ({ audit }: Store) => limit === 0 ? audit.records() : audit.newest(limit);
  const records = await reading(command, host, newest) ?? [];
  if (flags.json) host.terminal.write(`${JSON.stringify({ records: records.map(recordJson) }, null, 2)}\n`);
  else if (records.length === 0) host.terminal.write("Nothing has been decided yet.\n");
  else host.terminal.write(`${tableLines(cellsOf(records, palette(host.terminal.color))).join("\n")}\n`);
  return EXIT.done;
}

/** Follows the chain and says whether it is whole; not to be is a failure. */
export async function auditVerifyVerb(command: AuthorityCommand<"audit verify">, host: Host): Promise<number> {
  const { files } = await host.context();
  const digestText = (text: string) => files.digestText(text);
  const empty: ChainState = verifyChain([], digestText);
  const state = await reading(command, host, ({ audit }) => verifyChain(pages(audit), digestText)) ?? empty;
  if (command.flags.json) host.terminal.write(`${JSON.stringify(state)}\n`);
  else host.terminal.write(`${verdict(state, palette(host.terminal.color))}\n`);
  return state.whole ? EXIT.done : EXIT.failed;
}

type AuditCommand = AuthorityCommand<"audit"> | AuthorityCommand<"audit verify">;

async function reading<T>(
  { verb, flags }: AuditCommand,
  host: Host,
  work: (store: Store) => T,
): Promise<T | undefined> {
  const store = open(await host.context(), flags.user);
  host.revoke(verb, "opened");
  try {
    return store && work(store);
  } finally {
    store?.close();
  }
}

function open({ stores, cwd }: Context, user: boolean | undefined): Store | undefined {
  return user ? stores.openUserReadOnly() : stores.openReadOnly(stores.projectOf(cwd));
}

function* pages(audit: AuditLog): Generator<AuditRecord> {
  for (let afterSeq = 0;;) {
    const page = audit.records({ afterSeq, limit: PAGE });
    yield* page;
    if (page.length < PAGE) return;
    afterSeq = page.at(-1)!.seq;
  }
}

const HEADINGS = ["TIME", "ORIGIN", "TIER", "DECISION", "ACTOR", "ACTION"];

function cellsOf(records: readonly AuditRecord[], paint: Palette): readonly (readonly string[])[] {
  return [HEADINGS.map(paint.strong), ...records.map((record) => recordCells(record, paint))];
}

function recordCells({ atMs, body }: AuditRecord, paint: Palette): readonly string[] {
  const entry = parsed(body);
  const time = Number.isFinite(atMs) && Math.abs(atMs) < 8.64e15 ? timeText(atMs) : "-";
  if (entry === undefined) return [time, "-", "-", paint.bad("unreadable"), "-", shownText(body)];
  const { origin, policy: { tier, actor, action } } = entry;
  return [time, shownText(origin), shownText(tier), wordOf(entry, paint), shownText(actor), shownText(action)];
}

/** What was decided before, what came of it after. */
function wordOf({ event, decision }: AuditEntry, paint: Palette): string {
  const word = event === "decided" ? decision ?? event : event;
  if (word === "deny" || word === "failed" || word === "blocked") return paint.bad(word);
  return word === "ask" ? paint.warn(word) : shownText(word);
}

/** What somebody has changed may be anything. */
function parsed(body: string): AuditEntry | undefined {
  try {
    const entry = JSON.parse(body);
    const { actor, action, tier } = entry.policy;
    const isEntry = [actor, action, tier, entry.origin, entry.event].every((it) => typeof it === "string");
    return isEntry ? entry : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function recordJson({ seq, atMs, body, hash, before }: AuditRecord): Readonly<Record<string, unknown>> {
  return { seq, at_ms: atMs, hash, before, ...parsed(body) ?? { unreadable: body } };
}

const WHY: Readonly<Record<Extract<ChainState, { whole: false }>["why"], string>> = {
  gap: "does not follow the one before it: records are missing",
  edited: "was changed after it was written",
  relinked: "does not belong to the one before it",
};

function verdict(state: ChainState, paint: Palette): string {
  if (state.whole) return `${paint.good("PASS")}  ${state.count} record(s), unchanged; the last is ${state.head}`;
  return `${paint.bad("FAIL")}  record ${state.seq} ${
    WHY[state.why]
  }; ${state.count} record(s) before it are unchanged`;
}
