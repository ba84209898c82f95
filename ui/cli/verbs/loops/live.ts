import type { RunLook } from "../../../../core/loop/look/mod.ts";
import type { Context } from "../../../../core/context.ts";

/** A process of this machine that has died drives nothing, whatever the lease says. */
export function withLiveHolder(look: RunLook, { self, isAlive }: Context): RunLook {
  const { holder, children } = look;
  const isDead = holder !== undefined && holder.holder.host === self.host && !isAlive(holder.holder);
  const inside = children.map((child) => withLiveHolder(child, { self, isAlive } as Context));
  return { ...look, holder: isDead ? undefined : holder, children: inside };
}
