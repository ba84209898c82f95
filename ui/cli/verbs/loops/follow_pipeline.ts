/**
 * Showing a pipeline while another process runs it.
 *
 * @module
 */

import type { RunStatus } from "../../../../core/ports/events.ts";
import type { RunRecord } from "../../../../core/ports/store.ts";
import { EXIT, exitCodeOfRun } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { jsonView, plainView } from "../../view/plain.ts";
import type { ShowFlags } from "../../words/loop_flags.ts";
import { type Place, reading } from "../../base/place.ts";

/** How often the store is asked. */
const POLL_MS = 150;

/** Shows its events until it has ended; its end is the exit code. */
export async function followPipeline(
  { id }: RunRecord,
  { place, host, flags }: { readonly place: Place; readonly host: Host; readonly flags: ShowFlags },
): Promise<number> {
  const { terminal } = host;
  const { cwd, clock } = place.context;
  const view = flags.json ? jsonView(terminal) : plainView(terminal, false, { cwd });
  let seq = 0;
  for (;;) {
    const status = await reading(place, host, ({ pipelines }): Promise<RunStatus | undefined> => {
      // The status first: events that it comes with are there by then.
      const run = pipelines?.journal.getRun(id);
      for (const event of pipelines?.journal.events(id, seq) ?? []) {
        view.sink(event);
        seq = event.seq;
      }
      return Promise.resolve(run?.status);
    });
    if (status !== "running" || terminal.closed.aborted) {
      view.end();
      return status === undefined ? EXIT.failed : exitCodeOfRun(status);
    }
    await clock.sleep(POLL_MS);
  }
}
