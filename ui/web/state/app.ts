/**
 * Everything the page knows, in one place; what a person does is a method here, and views only show.
 *
 * @module
 */

import { editPipeline } from "../../../core/edit/mod.ts";
import type { RunEvent } from "../../../core/ports/events.ts";
import { forgetLayout } from "../../graph/boxes.ts";
import { type Canvas, type CanvasFacts, canvasOf } from "../../graph/canvas.ts";
import { changeText, type DocumentState, isChanged, openDocument, redo, undo } from "../../graph/document.ts";
import { type Gesture, isRefused, type Refused } from "../../graph/gesture.ts";
import { withPreviews } from "../../graph/previews.ts";
import type { RunView } from "../../graph/run_view.ts";
import { Store } from "../../graph/store.ts";
import { ask } from "../api/client.ts";
import { cancelRun } from "../api/runs.ts";
import { listen } from "../api/stream.ts";
import type { RunWish } from "../api/types.ts";
import { pathInAddress, showInAddress } from "./address.ts";
import { type AppState, type Asks, NOT_READ, NOTHING } from "./app_state.ts";
import { Disk, readFile } from "./disk.ts";
import { forgetKept, keepDocument, takenUp } from "./kept.ts";
import { noticeOf, problemsOf } from "./notice.ts";
import { statusOf } from "./status.ts";
import { Reader, type Showing } from "./reader.ts";
import { storedPlaces } from "./stored_places.ts";
import { getReady } from "./layout.ts";
import { AutomaticPlaces } from "./places.ts";

/** Who types a text sees what it means when the fingers rest. */
const TYPING_MS = 80;

/** The page's state and all that can be done. */
export class App {
  readonly store = new Store<AppState>(NOTHING);
  /** Hear everything that the server tells. */
  readonly heard = new Set<(type: string, data: unknown) => void>();
  /** Who answers for the person; nobody does before there are dialogs. */
  asks: Asks = { saveFirst: () => Promise.resolve(false), trust: () => Promise.resolve(false), options: () => ({}) };
  readonly #reader = new Reader();
  readonly #disk = new Disk({
    state: () => this.state,
    set: (change) => this.#set(change),
    show: (document) => this.#show(document),
    tell: (error) => this.#tell(error),
  });
  #taskOf: CanvasFacts["taskOf"];
  /** Keys of data that can be looked into. */
  #seen: ReadonlySet<string> = new Set();
  readonly #automatic = new AutomaticPlaces();
  /** Deeds are done one after the other: each is made of the text that the one before it left. */
  #deeds: Promise<void> = Promise.resolve();

  get state(): AppState {
    return this.store.get();
  }

  /** `onKnown` is called when it is known where the page is, and what it opens is on its way. */
  async start(onKnown: () => void): Promise<void> {
    try {
      const [{ root, version, path, allowed }, { pipelines }] = await Promise.all([
        ask("GET /api/session"),
        ask("GET /api/pipelines"),
      ]);
      this.#set({ root, version, isAllowed: allowed, pipelines, isLinked: true });
      void listen({ onEvent: (type, data) => this.#hear(type, data), onLink: (isLinked) => this.#link(isLinked) });
      const first = pathInAddress() ?? path ?? pipelines[0]?.path;
      const opening = first === undefined ? undefined : this.open(first);
      onKnown();
      await opening;
    } catch (error) {
      this.#tell(error);
      onKnown();
    }
  }

  #link(isLinked: boolean): void {
    this.#set(isLinked ? { isLinked, isStranger: false, notice: undefined } : { isLinked });
  }

  /** Opens a pipeline; one that cannot be read leaves what is open. Whether it is open. */
  async open(path: string): Promise<boolean> {
    try {
      const { text, digest } = await readFile(path);
      if (!/^layout:/m.test(text)) getReady(text);
      this.#automatic.forget();
      this.#set({ ...NOT_READ, selected: undefined, selection: new Set(), run: undefined, status: new Map() });
      showInAddress(path, this.state.document === undefined);
      await this.#show(takenUp(openDocument(path, { text, digest }), this.state.root, performance.now()));
      await this.refreshStatus();
    } catch (error) {
      this.#tell(error);
    }
    return this.state.document?.path === path;
  }

  select = (selected: string | undefined): void => this.selectAll(selected === undefined ? [] : [selected]);

  /** Selects these boxes and no others. */
  selectAll = (ids: Iterable<string>): void => {
    const selection = new Set(ids);
    const { selected, selection: before } = this.state;
    if (selection.size === before.size && selection.isSubsetOf(before)) return;
    const stays = selected !== undefined && selection.has(selected) && selection.size > 1;
    this.#set({ selection, selected: stays ? selected : [...selection].at(-1) });
  };

  /** Changes the text; `label` says what was done. */
  change = (text: string, label: string, group?: string): void => {
    const { document } = this.state;
    if (document === undefined) return;
    const pauseMs = group === undefined ? 0 : TYPING_MS;
    void this.#show(changeText(document, text, { label, at: performance.now(), group }), { pauseMs });
  };

  /** Does what a hand did; what cannot be is told. Deeds of one `group` that follow each other quickly are one change. */
  act = (answer: Gesture | Refused, group?: string): Promise<void> => {
    if (isRefused(answer)) return Promise.resolve(this.#set({ notice: answer.refused }));
    return this.#deeds = this.#deeds.then(() => this.#do(answer, group ?? answer.group));
  };

  async #do(answer: Gesture, group: string | undefined): Promise<void> {
    const { document, selection } = this.state;
    if (document === undefined) return;
    try {
      const { text } = await editPipeline(document.text, answer.edits, { file: document.path });
      // What was typed meanwhile stays: the deed is done on top of it.
      if (this.state.document?.text !== document.text) return await this.#do(answer, group);
      const change = { label: answer.label, at: performance.now(), group };
      // What the person has selected meanwhile stays so.
      const select = this.state.selection === selection ? answer.select : undefined;
      this.dismiss();
      const made = { from: document.text, edits: answer.edits };
      await this.#show(changeText(this.state.document!, text, change), { select, made });
    } catch (error) {
      this.#tell(error);
    }
  }

  /** Tells what scripts declare, which the canvas shows. */
  declare(taskOf: CanvasFacts["taskOf"]): void {
    this.#taskOf = taskOf;
    const { pipeline, value } = this.state;
    if (pipeline === undefined) return;
    const canvas = withPreviews(canvasOf(pipeline, { value, taskOf }), this.#seen);
    this.#set({ canvas });
    const stored = () => storedPlaces(this.state.value ?? null);
    void this.#automatic.withRoom(canvas, stored).then((places) => places && this.#set({ places }));
  }

  /** Tells which data can be looked into: its boxes have room for that. */
  showPreviews(keys: ReadonlySet<string>): void {
    this.#seen = keys;
    const canvas = withPreviews(this.state.canvas, keys);
    if (canvas !== this.state.canvas) this.#set({ canvas });
  }

  /** What is changed here is given up. */
  forget(): void {
    const { document, root } = this.state;
    if (document !== undefined) forgetKept(root, document.path);
  }

  undo = (): void => void (this.state.document && this.#show(undo(this.state.document)));
  redo = (): void => void (this.state.document && this.#show(redo(this.state.document)));

  /** Writes the text; `false` if somebody else wrote meanwhile, and it could not be put together. */
  save = async (): Promise<boolean> => {
    const isSaved = await this.#disk.save();
    if (isSaved) await this.refreshStatus();
    return isSaved;
  };

  settle = (choice: "mine" | "theirs"): Promise<void> => this.#disk.settle(choice);

  /** Starts a run of what is on the disk. */
  run = async (wish: RunWish): Promise<void> => {
    const { document } = this.state;
    if (document === undefined) return;
    if (isChanged(document) && !(await this.asks.saveFirst() && await this.save())) return;
    try {
      if (!await this.mayRun()) return;
      await ask("POST /api/runs", { body: { path: document.path, wait: true, ...this.asks.options(), ...wish } });
      this.dismiss();
    } catch (error) {
      this.#tell(error);
    }
  };

  /** Whether programs of this folder may be run; asked once. */
  mayRun = async (): Promise<boolean> => this.state.isAllowed || await this.asks.trust(this.state.root);

  cancel = async (): Promise<void> => {
    const { run, document } = this.state;
    if (run === undefined || document === undefined) return;
    await cancelRun(run.id, document.path).catch((error) => this.#tell(error));
  };

  refreshStatus = async (): Promise<void> => {
    const { document } = this.state;
    if (document === undefined) return;
    const status = await statusOf(document.path);
    // Meanwhile another file may have been opened.
    if (this.state.document?.path === document.path) this.#set({ status });
  };

  /** All boxes in new places; those that the file keeps are forgotten. */
  layOut = async (): Promise<void> => {
    const { document, canvas, value } = this.state;
    if (document === undefined) return;
    const places = await this.#automatic.anew(canvas);
    if (value instanceof Map && value.has("layout")) return await this.act(forgetLayout());
    this.#set({ places });
  };

  /** Says something to the person. */
  tell(notice: string): void {
    this.#set({ notice });
  }

  /** Looks at the folder and the open file again. */
  refresh = async (): Promise<void> => {
    try {
      const { pipelines } = await ask("GET /api/pipelines");
      this.#set({ pipelines });
      if (this.state.document !== undefined) await this.#disk.takeUp(this.state.document.path);
      await this.refreshStatus();
    } catch (error) {
      this.#tell(error);
    }
  };

  /** Shows how a run of this pipeline stands. */
  showRun(run: RunView | undefined): void {
    this.#set({ run });
  }

  dismiss = (): void => {
    if (this.state.notice !== undefined) this.#set({ notice: undefined });
  };

  /** `select` is selected at once with the picture that has it: what has another name is never gone in between. */
  async #show(document: DocumentState, { pauseMs = 0, select, made }: Showing = {}): Promise<void> {
    this.#set({ document });
    keepDocument(this.state.root, document);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (this.state.document !== document) return;
    try {
      const place = `${this.state.root}/${document.path}`;
      const { canvas: known, ...read } = await this.#reader.read(document.text, place, { made, state: this.state });
      if (this.state.document !== document) return;
      const facts = { value: read.value, taskOf: this.#taskOf };
      const canvas = known ?? withPreviews(canvasOf(read.pipeline, facts), this.#seen);
      const places = this.#automatic.known(canvas, storedPlaces(read.value));
      this.#set({ ...read, canvas, ...places && { places } });
      if (select !== undefined) this.selectAll([select].flat());
      if (places === undefined) await this.#place(canvas, document.path);
    } catch (error) {
      // What is no YAML keeps the last picture, and says where it is wrong.
      const problems = problemsOf(error);
      if (problems === undefined) throw error;
      this.#set({ problems });
    }
  }

  async #place(canvas: Canvas, path: string): Promise<void> {
    const places = await this.#automatic.completed(canvas, () => storedPlaces(this.state.value ?? null));
    if (this.state.document?.path === path) this.#set({ places });
  }

  #hear(type: string, data: unknown): void {
    for (const listener of this.heard) listener(type, data);
    if (type === "reset") return void this.refresh();
    if (type === "stranger") return this.#set({ isStranger: true });
    if (type === "trust") return this.#set({ isAllowed: (data as { allowed: boolean }).allowed });
    if (type === "file" && isOf(data, this.state.document)) return void this.#takeUp(this.state.document!.path);
    if (type === "status" && isOf(data, this.state.document)) return void this.refreshStatus();
    if (type === "run" && (data as RunEvent).type === "run_finished") void this.refreshStatus();
  }

  async #takeUp(path: string): Promise<void> {
    await this.#disk.takeUp(path);
    await this.refreshStatus();
  }

  #tell(error: unknown): void {
    this.#set({ notice: noticeOf(error) });
  }

  #set(change: Partial<AppState>): void {
    this.store.update((state) => ({ ...state, ...change }));
  }
}

/** Whether an event is about the open file. */
function isOf(data: unknown, document: DocumentState | undefined): boolean {
  return (data as { readonly path: string }).path === document?.path;
}
