/**
 * `loom plugin test DIR --dev`: again whenever a file of the folder has changed.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { listenForInterrupts } from "../../base/signals.ts";
import { errorLines, isKnown } from "../../view/problems.ts";

/** Editors write a file in several strokes. */
const QUIET_MS = 200;

/**
 * Does `work` now and after each change below `folder`, until interrupted. What goes wrong in it is told, for the next
 * change may mend it.
 *
 * @throws {LoomError} `usage` if there is no such folder; `cannot-watch`.
 */
export async function whileWritten(folder: string, host: Host, work: () => Promise<unknown>): Promise<number> {
  const { files, cwd, clock } = await host.context();
  const path = joinPath(cwd, folder);
  if (files.stat(path)?.kind !== "directory") throw usage(`Option --dev needs a folder, and ${folder} is none`);
  const { terminal } = host;
  const interrupts = listenForInterrupts(terminal, () => {});
  const listening = (await host.watcher()).listen([{ path, isDeep: true }]);
  try {
    while (!interrupts.signal.aborted) {
      await work().catch((error) => {
        if (!isKnown(error)) throw error;
        terminal.writeError(`${errorLines(error, { cwd, color: terminal.errorColor }).join("\n")}\n`);
      });
      terminal.writeError("Waiting for a change; Ctrl-C ends it\n");
      await listening.next(interrupts.signal);
      await clock.sleep(QUIET_MS, interrupts.signal);
    }
  } catch (error) {
    if (!interrupts.signal.aborted) throw error;
  } finally {
    listening.close();
    interrupts.release();
  }
  return EXIT.interrupted;
}
