import { loadConfig, sandboxLimits } from "../../config/mod.ts";
import { auditEntry, originOf } from "../../gate/mod.ts";
import { maskSecrets } from "../../graph/display.ts";
import type { AuditEntry } from "../../ports/audit.ts";
import type { Sandboxed, SandboxSpec } from "../../ports/sandbox.ts";
import type { Session } from "../session/session.ts";
import type { Confined } from "./confined.ts";

type Common = Pick<SandboxSpec, "logPath" | "secrets" | "onOutput" | "passStdin">;

/** Starts a step's program in a sandbox. What it may do there, and what it tried beyond that, is written down. */
export async function startConfined(confined: Confined, common: Common, session: Session): Promise<Sandboxed> {
  const { context, recorder, secrets } = session;
  const note = (entry: Pick<AuditEntry, "event" | "decision" | "reason">) => {
    const { policy } = confined;
    const whole = { ...entry, origin: originOf(context.env, false), policy, facts: { run: recorder.run } };
    recorder.store?.audit.append(auditEntry(whole, (text) => maskSecrets(text, secrets)), context.clock.now());
  };
  const { config } = await loadConfig(context);
  note({ event: "decided", decision: "allow", reason: "the pipeline says so, in a sandbox" });
  return await context.sandboxes.start({
    ...confined,
    ...common,
    limits: { ...sandboxLimits(config), ...confined.limits },
    onBlocked: (what) => note({ event: "blocked", reason: what }),
  });
}
