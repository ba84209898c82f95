/**
 * Words of tools: what they are given, where they work, what is known of a call.
 *
 * @module
 */

import type { Tier } from "../../ports/policy.ts";
import type { Json } from "../../ports/tool.ts";

/** Arguments by name. */
export type Arguments = { readonly [key: string]: Json };

/** What is known of a call beyond what its tool says of itself. A tier here only ever raises. */
export interface Assessment {
  readonly tier?: Tier;
  /** For people: what it will do. */
  readonly action?: string;
  /** Each program that will be started, with its words, as far as they can be told. */
  readonly commands?: readonly (readonly string[])[];
  readonly hosts?: readonly string[];
  /** Paths that it changes, with all below them; as the tool says unless given. */
  readonly writes?: readonly string[];
}

/** Where paths lead. */
export interface Place {
  /** The workspace, absolute, links resolved. */
  readonly root: string;
  /** The real place of a path in the workspace. @throws {LoomError} `outside-workspace`. */
  locate(path: string): string;
  /** Where programs are that loom brings with it, by name. */
  readonly programs?: ReadonlyMap<string, string>;
}
