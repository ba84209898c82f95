/**
 * What the launcher needs to know of policies.
 *
 * @module
 */

import type { SandboxRendering } from "../../ports/sandbox.ts";
import { hostAllowed } from "../policy/hosts.ts";
import { bubblewrapArguments } from "./bubblewrap.ts";
import { seatbeltProfile } from "./seatbelt.ts";

/** Policies in the words of the operating system. */
export const sandboxRendering: SandboxRendering = {
  bubblewrap: bubblewrapArguments,
  seatbelt: seatbeltProfile,
  allowsHost: ({ hosts }, host, port) => hostAllowed(hosts, host, port),
};
