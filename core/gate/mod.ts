/**
 * The gate: what an action may touch, whether it may happen, and what was decided.
 *
 * @module
 */

export { type ChainState, NO_RECORD, recordHash, verifyChain } from "./chain.ts";
export { APPROVAL_MS, bindingOf, type Bound, type Broker, type Digest, issueApproval } from "./decide/approval.ts";
export { authorize, type Authorized, type Facts, type Gate, type Inputs, type Wish } from "./decide/authorize.ts";
export { decide, type Decision, type Question } from "./decide/gate.ts";
export { ORIGIN_VARIABLE, originOf } from "./decide/origin.ts";
export { auditEntry, auditLine } from "./policy/audit_line.ts";
export { type DenoPermissions, denoPermissions } from "./policy/deno_permissions.ts";
export {
  hostAllowed,
  hostCovers,
  type HostFault,
  type HostPattern,
  hostText,
  isHostFault,
  parseHost,
} from "./policy/hosts.ts";
export { intersect, withinTier } from "./policy/intersect.ts";
export { normalizePolicy } from "./policy/policy.ts";
export { type Grants, policyProblems } from "./policy/problems.ts";
export { promptText } from "./policy/prompt_text.ts";
export { redactorFor } from "./policy/secrets.ts";
export { shownName, shownText } from "./policy/shown.ts";
export { atLeast, higher, leastTier, TIER_MEANING, TIERS } from "./policy/tier.ts";
export { judge } from "./rules/judge.ts";
export { type LoadedRules, loadRules, type RulesPlace } from "./rules/load.ts";
export type { Effect, Rule, RuleOwner, Touched } from "./rules/rule.ts";
