/**
 * Several processes and one run: one of them drives it, and whoever lost it writes nothing more.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sqliteStore } from "@loom/loom";
import { driven, type Driving, type Ended, Folder, start } from "./support/children.ts";
import { type Family, isSettled, onlyGrew, read } from "./support/ledger.ts";
import { shapes } from "./support/shapes.ts";
import { isThere, type Job, type Said } from "./support/victim.ts";

const SHAPES = ["plain", "nested", "parallel", "apart"] as const;

/** A run in which nothing happens before its gate is opened. */
class Arena implements Disposable {
  readonly folder = new Folder();
  readonly job: Job;
  readonly gate: string = join(this.folder.path, "gate");
  #calm: { readonly said: Said; readonly family: Family } | undefined;

  constructor(shape: string, more: Partial<Job> = {}) {
    this.job = { shape, folder: this.folder.path, id: "run", length: 3, ...more };
  }

  /** A process that gets as far as its first payment. */
  async gated(more: Partial<Job> = {}): Promise<Driving> {
    const driving = start({ ...this.job, gate: this.gate, ...more });
    await this.appears("waiting", driving);
    return driving;
  }

  open(): void {
    Deno.writeTextFileSync(this.gate, "");
  }

  /** Waits until a file is there; a process that ends before that is a failure. */
  async appears(name: string, { ended }: Driving): Promise<void> {
    const path = join(this.folder.path, name);
    let early: Ended | undefined;
    ended.then((it) => early = it);
    while (!await isThere(path)) {
      equal(early, undefined, `no ${name}: ${JSON.stringify(early)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Stops a process between two of its writes: one that is stopped within one holds the database for as long. */
  async freeze({ kill }: Driving): Promise<void> {
    for (;;) {
      kill("SIGSTOP");
      // The signal takes its time on a busy machine.
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (this.#canBeWritten()) return;
      kill("SIGCONT");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #canBeWritten(): boolean {
    const database = new DatabaseSync(join(this.folder.path, "loop.db"));
    try {
      database.exec("BEGIN IMMEDIATE; ROLLBACK");
      return true;
    } catch (error) {
      if (error instanceof Error && error.message === "database is locked") return false;
      throw error;
    } finally {
      database.close();
    }
  }

  /** The run dies in its first payment. */
  async crash(): Promise<void> {
    const { kill, ended } = await this.gated();
    kill("SIGKILL");
    await ended;
    Deno.removeSync(join(this.folder.path, "waiting"));
  }

  read(): Promise<Family> {
    return read({ folder: this.folder.path }, "run");
  }

  /** The run is over, as if nothing had happened but `kills` interruptions. */
  async isSettled(said: Said, kills: number): Promise<void> {
    const { shape } = this.job;
    const folder = this.folder.sub("calm");
    const [calm] = await driven({ ...this.job, folder, leaseMs: undefined });
    deepEqual([said.status, said.state], ["completed", calm.state]);
    const expected = { calm: await read({ folder }, "run"), kills, width: shapes[shape].width };
    isSettled(await this.read(), `${this.folder.path}/bank`, expected);
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

for (const count of [2, 8]) {
  for (const shape of SHAPES) {
    Deno.test(`of ${count} processes that resume a crashed loop (${shape}) one drives it and the others are told`, async () => {
      using arena = new Arena(shape);
      await arena.crash();
      const racers = Array.from({ length: count }, () => start({ ...arena.job, gate: arena.gate }));
      const told: Ended[] = [];
      const allButOne = Promise.withResolvers<void>();
      for (const { ended } of racers) {
        ended.then((it) => told.push(it) === count - 1 && allButOne.resolve());
      }
      await allButOne.promise;
      deepEqual(told.map(({ said }) => said[0]?.error), Array(count - 1).fill("RUN_BUSY"));
      arena.open();
      const ends = await Promise.all(racers.map(({ ended }) => ended));
      const [winner] = ends.filter((it) => !told.slice(0, count - 1).includes(it));
      await arena.isSettled(winner.said[0], 1);
      const [{ events }] = await arena.read();
      equal(events.filter(({ type }) => type === "resumed").length, 1);
    });
  }
}

for (const shape of SHAPES) {
  Deno.test(`resume() with wait gives what another process has made of the loop (${shape})`, async () => {
    using arena = new Arena(shape);
    const first = await arena.gated();
    const second = start({ ...arena.job, resume: { wait: true }, tells: true });
    await second.ready;
    arena.open();
    const [driver, waiter] = [await first.ended, await second.ended].map(({ said }) => said[0]);
    deepEqual([waiter.status, waiter.state], [driver.status, driver.state]);
    deepEqual(waiter.points!.filter((name) => !/lease|release/.test(name)), [], "it writes nothing");
    await arena.isSettled(driver, 0);
  });

  Deno.test(`resume() with steal takes the loop (${shape}), and its first owner writes nothing more`, async () => {
    using arena = new Arena(shape);
    const first = await arena.gated();
    const before = await arena.read();
    const [thief] = await driven({ ...arena.job, resume: { steal: true } });
    const after = await arena.read();
    onlyGrew(before, after);
    arena.open();
    const { said: [robbed] } = await first.ended;
    deepEqual([robbed.status, robbed.error], ["running", "LEASE_LOST"]);
    deepEqual(await arena.read(), after);
    await arena.isSettled(thief, 1);
  });

  Deno.test(`an owner that was frozen beyond its lease writes nothing when it wakes (${shape})`, async () => {
    using arena = new Arena(shape, { leaseMs: 1_000 });
    const first = await arena.gated();
    await arena.freeze(first);
    const before = await arena.read();
    const [heir] = await driven({ ...arena.job, resume: { wait: true } });
    const after = await arena.read();
    onlyGrew(before, after);
    arena.open();
    first.kill("SIGCONT");
    const { said: [woken] } = await first.ended;
    deepEqual([woken.status, woken.error], ["running", "LEASE_LOST"]);
    deepEqual(await arena.read(), after);
    await arena.isSettled(heir, 1);
  });

  Deno.test(`a loop (${shape}) that another process calls off aborts its step, and stays called off`, async () => {
    using arena = new Arena(shape, { yields: true });
    const driving = await arena.gated();
    const store = sqliteStore(join(arena.folder.path, "loop.db"));
    await store.requestCancel("run");
    await arena.appears("aborted", driving);
    const { said: [said] } = await driving.ended;
    deepEqual([said.status, said.reason], ["cancelled", "cancelled"]);
    await store.close();
    const before = await arena.read();
    equal((await driven(arena.job))[0].status, "cancelled");
    deepEqual(await arena.read(), before);
  });

  Deno.test(`a loop (${shape}) that is asked to stop is left as interrupted, and goes on when it is resumed`, async () => {
    using arena = new Arena(shape, { yields: true });
    const { kill, ended } = await arena.gated();
    kill("SIGINT");
    const { said: [said], code } = await ended;
    deepEqual([said.status, said.reason, code], ["interrupted", "interrupted", 0]);
    arena.open();
    const [resumed] = await driven(arena.job);
    const [{ row, attempts }] = await arena.read();
    equal(attempts[0].status, "abandoned");
    equal(row.reservedNano, 0);
    const [calm] = await driven({ ...arena.job, folder: arena.folder.sub("undisturbed") });
    deepEqual([resumed.status, resumed.state], ["completed", calm.state]);
  });

  Deno.test(`a process that is asked a second time to stop ends at once (${shape})`, async () => {
    using arena = new Arena(shape);
    const driving = await arena.gated();
    driving.kill("SIGINT");
    await arena.appears("aborted", driving);
    driving.kill("SIGINT");
    const { said, code } = await driving.ended;
    deepEqual([said, code], [[], 130]);
    arena.open();
    const [resumed] = await driven(arena.job);
    await arena.isSettled(resumed, 1);
  });
}
