/**
 * Runs as the page knows them: those that go on, and the one that is shown.
 *
 * @module
 */

import type { RunEvent } from "../../../core/ports/events.ts";
import { OutputBook } from "../../graph/output_book.ts";
import { cutOff, RunBuilder, type RunView } from "../../graph/run_view.ts";
import { Store } from "../../graph/store.ts";
import { cancelRun, liveRuns, rerun, runEvents, runOutput, type RunRecord, runRecord } from "../api/runs.ts";
import type { App } from "./app.ts";
import { merged, tellLine } from "./run_lines.ts";

/** What the panel below the canvas shows. */
export type RunTab = "output" | "timeline" | "steps" | "history" | "results" | "compare";

/** Everything about runs that is shown. */
export interface RunsState {
  /** The run that is shown. */
  readonly id?: string;
  readonly kind: "pipeline" | "loop";
  readonly view?: RunView;
  /** What is kept of it, as it was last asked for. */
  readonly record?: RunRecord;
  readonly isLive: boolean;
  /** Who drives it, if this server does not. */
  readonly elsewhere?: RunRecord["elsewhere"];
  /** Runs of the open pipeline that wait for their turn. */
  readonly waiting: readonly string[];
  /** The process of another program that they wait for. */
  readonly waitsFor?: number;
  readonly tab: RunTab;
  /** Whether the panel takes the place of the canvas. */
  readonly isLarge: boolean;
  /** Runs or points that are compared: `ID` or `ID:POINT`. */
  readonly compared: readonly string[];
  /** The step whose output is shown; absent: all. */
  readonly step?: string;
  /** Counts changes of the history. */
  readonly changes: number;
  /** Counts books of output that were begun. */
  readonly books: number;
}

const NOTHING: RunsState = {
  kind: "pipeline",
  isLive: false,
  waiting: [],
  tab: "output",
  isLarge: false,
  compared: [],
  changes: 0,
  books: 0,
};

/** How long what happens is gathered before it is shown. */
const SHOW_MS = 50;

/** How often a run is asked about that nobody tells of: a loop, or one of another pipeline. */
const POLL_MS = 1500;

/** Runs whose output is remembered. */
const MOST_BOOKS = 4;

type Told = RunEvent & { readonly file?: string };

/** Follows the server's runs. */
export class RunsStore extends Store<RunsState> {
  readonly #app: App;
  readonly #builders = new Map<string, RunBuilder>();
  readonly #books = new Map<string, OutputBook>();
  /** What was heard of runs that are being caught up with. */
  readonly #joining = new Map<string, Told[]>();
  /** Runs of the open pipeline that go on, and who drives those of other programs. */
  #going: ReadonlyMap<string, RunRecord["elsewhere"]> = new Map();
  #path: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    super(NOTHING);
    this.#app = app;
    app.heard.add((type, data) => this.#hear(type, data));
    app.store.subscribe(() => this.#follow());
    this.#follow();
  }

  /** What a run has written, as far as this page heard it. */
  book(id: string): OutputBook | undefined {
    return this.#books.get(id);
  }

  show(change: Partial<Pick<RunsState, "tab" | "isLarge" | "compared" | "step">>): void {
    this.update((state) => ({ ...state, ...change }));
  }

  /** Shows another run in all panels, and on the canvas. */
  open = async (id: string): Promise<void> => {
    await this.#try(() => this.#load(id));
  };

  /** Ends the run that is shown, or another one; one that waits is taken back. */
  cancel = async (id = this.get().id): Promise<void> => {
    if (id !== undefined) await this.#try(() => cancelRun(id, this.#path));
  };

  /** Repeats a run. */
  again = async (id: string): Promise<void> => {
    await this.#try(() => rerun(id, this.#path!));
  };

  /** Asks again for what is kept of the run that is shown. */
  refresh = async (): Promise<void> => {
    const { id } = this.get();
    if (id === undefined || this.#path === undefined) return;
    // A run that has only begun, or had nothing to do, is not kept.
    const record = await runRecord(id, this.#path).catch(() => undefined);
    this.update((state) => state.id === id ? { ...state, record } : state);
  };

  #follow(): void {
    const path = this.#app.state.document?.path;
    if (path === this.#path) return;
    this.#path = path;
    clearTimeout(this.#poll);
    this.#builders.clear();
    this.#books.clear();
    this.set({ ...NOTHING, tab: this.get().tab });
    if (path !== undefined) void this.#try(() => this.#catchUp());
  }

  #hear(type: string, data: unknown): void {
    // Something was missed: what is known of runs is asked for anew.
    if (type === "reset") this.#builders.clear();
    if (type === "reset" || type === "began" || type === "live") void this.#try(() => this.#catchUp());
    // The server that drove it is gone, and its programs with it; the new one tells this page nothing.
    if (type === "stranger") this.#cutOff();
    if (type === "history") this.update((state) => ({ ...state, changes: state.changes + 1 }));
    if (type === "run") this.#heardRun(data as Told);
    if (type === "run_broken") {
      const { run, message } = data as { readonly run: string; readonly message: string };
      this.#app.tell(`Run ${run} broke off: ${message}`);
    }
  }

  #heardRun(event: Told): void {
    if (event.file !== this.#file()) return;
    const waiting = this.#joining.get(event.run);
    if (waiting !== undefined) return void waiting.push(event);
    if (!this.#builders.has(event.run) && event.seq > 1) return void this.#try(() => this.#join(event.run, [event]));
    this.#take(event);
  }

  #take(event: Told): void {
    const builder = this.#builderOf(event.run);
    if (event.type === "output") return this.#bookOf(event.run).add(event);
    builder.add(event);
    tellLine(this.#bookOf(event.run), event);
    if (event.type === "run_started") {
      const elsewhere = this.#going.get(event.run);
      this.update((state) => ({ ...state, ...shownRun(event.run), isLive: true, elsewhere }));
    }
    this.#timer ??= setTimeout(() => this.#showView(), SHOW_MS);
  }

  #showView(): void {
    this.#timer = undefined;
    const { id, view: before } = this.get();
    const view = id === undefined ? undefined : this.#builders.get(id)?.view();
    if (view === undefined || view === before) return;
    this.update((state) => ({ ...state, view, changes: state.changes + (before?.status === view.status ? 0 : 1) }));
    this.#app.showRun(view);
    if (view.status !== "running" && before?.status !== view.status) void this.refresh();
  }

  /** Which runs go on; the newest of the open pipeline is shown if nothing else is. */
  async #catchUp(): Promise<void> {
    const path = this.#path;
    const { live } = await liveRuns();
    if (path !== this.#path) return;
    const own = live.filter((run) => run.path === path);
    const first = own.find(({ status }) => status !== "waiting");
    const going = first?.run;
    const waitsFor = first?.elsewhere?.pid;
    const waiting = own.filter(({ status }) => status === "waiting").map(({ run }) => run);
    const { id } = this.get();
    const shown = own.find(({ run }) => run === id);
    const isLive = shown !== undefined;
    this.#going = new Map(own.map(({ run, elsewhere }) => [run, elsewhere]));
    const elsewhere = shown?.elsewhere;
    this.update((state) => ({ ...state, waiting, waitsFor, isLive, elsewhere, changes: state.changes + 1 }));
    if (going !== undefined && !this.#builders.has(going)) await this.#join(going, []);
    // What went on when the server was lost is over, or its end was not heard.
    else if (id !== undefined && !isLive && this.get().view?.status === "running") await this.#load(id);
  }

  #cutOff(): void {
    const { view: before, elsewhere } = this.get();
    this.update((state) => ({ ...state, waiting: [], isLive: false, changes: state.changes + 1 }));
    if (before?.status !== "running" || elsewhere !== undefined) return;
    const view = cutOff(before, { status: "interrupted", durationMs: undefined });
    this.update((state) => ({ ...state, view }));
    this.#app.showRun(view);
  }

  /** Takes up a run that goes on: what it told so far, then what comes. */
  async #join(id: string, heard: readonly Told[]): Promise<void> {
    if (this.#joining.has(id)) return;
    this.#joining.set(id, [...heard]);
    try {
      const [events, { outputs, cut }] = await Promise.all([runEvents(id, this.#path!), runOutput(id)]);
      const book = new OutputBook();
      if (cut) book.say("… what came before is in the logs");
      this.#keepBook(id, book);
      const last = outputs.at(-1)?.seq ?? 0;
      for (const event of merged(events, outputs)) this.#take(event);
      for (const event of this.#joining.get(id)!) if (event.type !== "output" || event.seq > last) this.#take(event);
      this.update((state) => ({ ...state, ...shownRun(id), isLive: true, elsewhere: this.#going.get(id) }));
      this.#showView();
    } finally {
      this.#joining.delete(id);
    }
  }

  async #load(id: string): Promise<void> {
    const path = this.#path!;
    const record = await runRecord(id, path);
    const { elsewhere } = record;
    if (record.kind === "loop") {
      const shown = { ...shownRun(id), kind: "loop", record, isLive: false, elsewhere, tab: "steps" } as const;
      this.update((state) => ({ ...state, ...shown }));
      return this.#again(record);
    }
    const builder = this.#builderOf(id);
    for (const event of await runEvents(id, path, builder.seq)) builder.add(event);
    const made = builder.view();
    const isOver = made?.status === "running" && record.status !== "running";
    const end = { status: record.status as RunView["status"], durationMs: record.duration_ms };
    const view = made && isOver ? cutOff(made, end) : made;
    const isLive = record.live || this.#going.has(id);
    this.update((state) => ({
      ...state,
      ...shownRun(id),
      // Looked at again, it is shown as it was.
      ...(state.id === id && { step: state.step }),
      view,
      record,
      isLive,
      elsewhere,
    }));
    this.#app.showRun(view);
    this.#again(record);
  }

  /** A run that nobody tells of is looked at now and then. */
  #again({ id, status }: RunRecord): void {
    clearTimeout(this.#poll);
    if (status !== "running" || this.get().isLive) return;
    this.#poll = setTimeout(() => {
      if (this.get().id === id) void this.#try(() => this.#load(id));
    }, POLL_MS);
  }

  #builderOf(id: string): RunBuilder {
    let builder = this.#builders.get(id);
    if (builder === undefined) this.#builders.set(id, builder = new RunBuilder(id));
    return builder;
  }

  #bookOf(id: string): OutputBook {
    return this.#books.get(id) ?? this.#keepBook(id, new OutputBook());
  }

  #keepBook(id: string, book: OutputBook): OutputBook {
    this.#books.delete(id);
    this.#books.set(id, book);
    for (const oldest of [...this.#books.keys()].slice(0, -MOST_BOOKS)) this.#books.delete(oldest);
    this.update((state) => ({ ...state, books: state.books + 1 }));
    return book;
  }

  #file(): string {
    return `${this.#app.state.root}/${this.#path}`;
  }

  /** What cannot be had is told; a server that is gone tells itself. */
  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TypeError)) this.#app.tell(error instanceof Error ? error.message : String(error));
    }
  }
}

function shownRun(id: string) {
  const nothing = { view: undefined, record: undefined, step: undefined, elsewhere: undefined };
  return { id, kind: "pipeline" as const, ...nothing };
}
