/**
 * One thing that may be spent (nano-USD, or tokens) by one run, and what is held of it for work in flight.
 *
 * A child's account stands on the hold of the step in which the child runs: what that step holds already is used up
 * first, and only what goes beyond it is taken from the accounts around.
 *
 * @module
 */

/** Why something cannot be had: which account's limit stands against it. */
export interface Shortage {
  readonly account: Account;
  readonly scope: "own" | "ancestor";
  readonly needed: number;
}

/** Spent, held and unknown of one run, everything below it included. Integers. */
export class Account {
  spent: number;
  reserved: number;
  unknown: number;
  limit: number | undefined;
  readonly around: Hold | undefined;

  constructor(
    start: { readonly spent: number; readonly reserved: number; readonly unknown: number; readonly limit?: number },
    around?: Hold,
  ) {
    ({ spent: this.spent, reserved: this.reserved, unknown: this.unknown, limit: this.limit } = start);
    this.around = around;
  }

  /** What the limit leaves, of this account and of all around it; `undefined` without any limit. */
  get remaining(): number | undefined {
    const own = this.limit === undefined
      ? undefined
      : Math.max(0, this.limit - this.spent - this.unknown - this.reserved);
    const outer = this.around === undefined ? undefined : this.around.account.remaining;
    const above = outer === undefined ? undefined : outer + this.around!.left;
    return own === undefined ? above : above === undefined ? own : Math.min(own, above);
  }

  /** Whether this account, or one around it, has a limit. */
  get isLimited(): boolean {
    return this.limit !== undefined || (this.around?.account.isLimited ?? false);
  }

  /** Why `amount` more cannot be held, or `undefined` if it can. */
  shortage(amount: number, from: readonly Hold[] = []): Shortage | undefined {
    const extra = Math.max(0, amount - sum(from));
    const { limit } = this;
    if (limit !== undefined && (limit === 0 || this.spent + this.unknown + this.reserved + extra > limit)) {
      return { account: this, scope: "own", needed: amount };
    }
    if (this.around === undefined) return undefined;
    const outer = this.around.account.shortage(amount, sourcesAround(this, from));
    return outer && { ...outer, scope: "ancestor" };
  }

  /** Like {@linkcode shortage} where nothing is known of the cost: there must be something left, and nothing held. */
  shortageUnknown(): Shortage | undefined {
    const { limit } = this;
    const free = limit === undefined || (this.spent + this.unknown < limit && this.reserved === 0);
    if (!free) return { account: this, scope: "own", needed: 0 };
    const { around } = this;
    if (around === undefined) return undefined;
    const outer = around.left > 0 ? around.account.shortage(0, [around]) : around.account.shortageUnknown();
    return outer && { ...outer, scope: "ancestor" };
  }

  /** Holds `amount`, whether or not it can be afforded: ask {@linkcode shortage} first. */
  hold(amount: number, from: readonly Hold[] = []): Hold {
    const around = this.around?.account.hold(amount, sourcesAround(this, from));
    return new Hold(this, amount, from, around);
  }
}

/** What stands behind a hold one account further out. */
function sourcesAround(account: Account, from: readonly Hold[]): readonly Hold[] {
  const behind = from.flatMap((hold) => hold.around ?? []);
  return account.around === undefined || behind.includes(account.around) ? behind : [...behind, account.around];
}

function sum(holds: readonly Hold[]): number {
  return holds.reduce((total, hold) => total + hold.left, 0);
}

/** An amount that is kept free for a piece of work. */
export class Hold {
  readonly account: Account;
  /** Of the same work, in the account around. */
  readonly around: Hold | undefined;
  /** The holds that this one is a part of: they bear what it costs beyond its amount. */
  readonly #sources: readonly Hold[];
  /** What was drawn from them. */
  readonly #drawn: { readonly from: Hold; left: number }[] = [];
  /** What is held beyond that. */
  #extra: number;

  constructor(account: Account, amount: number, from: readonly Hold[], around: Hold | undefined) {
    [this.account, this.around, this.#sources] = [account, around, from];
    let rest = amount;
    for (const source of from) {
      const left = source.#take(Math.min(rest, source.left));
      if (left > 0) this.#drawn.push({ from: source, left });
      rest -= left;
    }
    this.#extra = rest;
    account.reserved += rest;
  }

  /** What is still held. */
  get left(): number {
    return this.#drawn.reduce((total, { left }) => total + left, this.#extra);
  }

  /** The work has cost this much, however much was held. */
  spend(amount: number): void {
    let rest = amount;
    rest -= this.#use(rest);
    for (const source of this.#sources) rest -= source.#use(rest);
    this.account.spent += amount;
    this.around?.spend(amount);
  }

  /** The rest is not needed. */
  release(): void {
    this.account.reserved -= this.#extra;
    this.#extra = 0;
    for (const part of this.#drawn) {
      part.from.#extra += part.left;
      part.left = 0;
    }
    this.around?.release();
  }

  /** Nobody knows whether the rest was spent: it counts as if it was. */
  lose(): void {
    const { left } = this;
    this.#use(left);
    this.account.unknown += left;
    this.around?.lose();
  }

  /** Uses up some of it; gives how much there was. */
  #use(amount: number): number {
    const used = this.#take(amount);
    this.account.reserved -= used;
    return used;
  }

  /** Takes out of the extra part first, then out of what was drawn. */
  #take(amount: number): number {
    let taken = Math.min(amount, this.#extra);
    this.#extra -= taken;
    for (const part of this.#drawn) {
      const more = Math.min(amount - taken, part.left);
      part.left -= more;
      taken += more;
    }
    return taken;
  }
}
