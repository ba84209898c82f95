/**
 * The one door: an action is decided about, asked about if it must be, written down, and only then handed back to be done.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { AuditEntry, AuditLog } from "../../ports/audit.ts";
import type { Origin, Policy } from "../../ports/policy.ts";
import { auditEntry } from "../policy/audit_line.ts";
import { withinTier } from "../policy/intersect.ts";
import { normalizePolicy } from "../policy/policy.ts";
import { promptText } from "../policy/prompt_text.ts";
import { redactorFor } from "../policy/secrets.ts";
import { judge } from "../rules/judge.ts";
import type { Rule, Touched } from "../rules/rule.ts";
import { bindingOf, type Broker, type Digest, issueApproval } from "./approval.ts";
import { decide, type Decision } from "./gate.ts";

/** Digests of what goes in, by name; asked for again after a person has answered. */
export type Inputs = () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** What somebody wants done. */
export interface Wish {
  readonly policy: Policy;
  /** All that the verb or tool was given; JSON. Only its digest is kept. */
  readonly arguments: unknown;
  readonly inputs?: Inputs;
  /** What it touches, for the rules; hosts are those of the policy unless given. */
  readonly touched?: Touched;
  /** An approval that a person gave before. */
  readonly token?: string;
}

/** What decides, asks and remembers. */
export interface Gate extends Broker {
  readonly rules: readonly Rule[];
  readonly origin: Origin;
  /** Whether `--yes` stands on the command line. */
  readonly yes?: boolean;
  readonly audit: AuditLog;
  readonly digest: Digest;
  /** Its secrets, and the values of variables that a policy names, are kept out of everything that is written. */
  readonly env: Readonly<Record<string, string>>;
  /** Shows the text to a person and waits for a yes; absent where nobody can be asked. */
  readonly ask?: (question: { readonly text: string; readonly policy: Policy }) => boolean | Promise<boolean>;
  /** Hears a line about what is done without being asked about. */
  readonly note?: (line: string) => void;
}

/** Facts of an outcome, such as a path or an exit code. */
export type Facts = NonNullable<AuditEntry["facts"]>;

/** Leave to do one thing, once. Whoever has it says how it went. */
export interface Authorized {
  /** What may be touched: normal, and within its tier. Everything is made from this, never from the wish. */
  readonly policy: Policy;
  readonly decision: Decision;
  readonly binding: string;
  done(facts?: Facts): void;
  failed(reason: string, facts?: Facts): void;
  /** The system stopped it from doing more than it may. */
  blocked(reason: string, facts?: Facts): void;
}

/**
 * Asks the gate for leave. What was decided is in the audit log before this returns or throws.
 *
 * @throws {LoomError} `refused` with the reason and what a person can do; `policy-invalid`.
 */
export async function authorize(wish: Wish, gate: Gate): Promise<Authorized> {
  const request = await prepare(wish, gate);
  const decision = decide(request);
  if (decision.effect === "deny") return refuse(request, decision.reason);
  if (decision.effect === "ask") return await withApproval(request, decision, wish);
  request.record({ event: "decided", decision: "allow", reason: decision.reason });
  if (decision.noted) gate.note?.(`${request.policy.actor}: ${request.policy.action}`);
  return authorized(request, decision);
}

interface Request {
  readonly gate: Gate;
  /** Its words free of secrets. */
  readonly policy: Policy;
  readonly origin: Origin;
  readonly rule?: Rule;
  readonly yes?: boolean;
  readonly binding: string;
  readonly record: (entry: Pick<AuditEntry, "event" | "decision" | "reason" | "facts">) => void;
}

async function prepare(wish: Wish, gate: Gate): Promise<Request> {
  const redact = redactorFor(wish.policy.variables, gate.env);
  const wished = { ...wish.policy, action: redact(wish.policy.action) };
  const policy = withinTier(normalizePolicy(wished));
  const binding = await bind(policy, wish, gate);
  const touched = { hosts: policy.hosts, ...wish.touched };
  return {
    gate,
    policy,
    origin: gate.origin,
    rule: judge(gate.rules, touched),
    yes: gate.yes,
    binding,
    record: (entry) => {
      const whole: AuditEntry = { ...entry, origin: gate.origin, policy, binding };
      gate.audit.append(auditEntry(whole, redact), gate.clock.now());
    },
  };
}

async function bind(policy: Policy, { arguments: args, inputs }: Wish, { digest }: Gate): Promise<string> {
  return bindingOf({ policy, arguments: args, inputs: await inputs?.() ?? {} }, digest);
}

/** Uses the approval that came with the wish, or gets one from the person who sits here. */
async function withApproval(request: Request, decision: Decision, wish: Wish): Promise<Authorized> {
  const { gate, policy, binding } = request;
  if (wish.token !== undefined) {
    const isGood = gate.approvals.use({ token: wish.token, binding }, gate.clock.now());
    if (!isGood) return refuse(request, "the approval does not fit: it was used, is too old, or something has changed");
    return granted(request);
  }
  if (gate.ask === undefined) return refuse(request, `${decision.reason}, and nobody can be asked here`);
  request.record({ event: "decided", decision: "ask", reason: decision.reason });
  if (!await gate.ask({ text: promptText(policy), policy })) return refuse(request, "a person said no");
  if (await bind(policy, wish, gate) !== binding) return refuse(request, "what goes in has changed since it was shown");
  const { token } = issueApproval({ binding, tier: policy.tier, origin: gate.origin }, gate);
  if (!gate.approvals.use({ token, binding }, gate.clock.now())) return refuse(request, "the approval is too old");
  return granted(request);
}

function granted(request: Request): Authorized {
  const decision = decide({ ...request, approved: true });
  if (decision.effect !== "allow") return refuse(request, decision.reason);
  request.record({ event: "granted", decision: "allow", reason: decision.reason });
  return authorized(request, decision);
}

function authorized({ policy, binding, record }: Request, decision: Decision): Authorized {
  return {
    policy,
    decision,
    binding,
    done: (facts) => record({ event: "done", reason: decision.reason, facts }),
    failed: (reason, facts) => record({ event: "failed", reason, facts }),
    blocked: (reason, facts) => record({ event: "blocked", reason, facts }),
  };
}

function refuse({ record, policy, origin, rule }: Request, reason: string): never {
  record({ event: "decided", decision: "deny", reason });
  const { actor, action, tier } = policy;
  throw new LoomError("refused", `Refused: ${actor}: ${action}: ${reason}`, {
    hint: hintFor({ origin, tier, isRule: rule?.effect === "deny" }),
    data: { actor, action, tier, origin },
  });
}

interface Refused {
  readonly origin: Origin;
  readonly tier: Policy["tier"];
  /** Whether it was a rule that denied it. */
  readonly isRule: boolean;
}

function hintFor({ origin, tier, isRule }: Refused): string {
  if (origin === "agent") return "a person can do it, in a terminal of their own";
  if (isRule) return "nothing was done; change that rule if you mean it";
  if (origin === "human-tty") return "nothing was done";
  if (origin === "human-flag") return "say --yes if you mean it, or run it in a terminal, where you are asked";
  if (tier === "irreversible") return "run it in a terminal, where it can be asked about";
  return "run it in a terminal, or allow it in ~/.loom/rules.yaml";
}
