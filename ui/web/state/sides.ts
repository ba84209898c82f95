/**
 * What stands beside the document: scripts, data, problems, settings, questions; kept in step with the page's App.
 *
 * @module
 */

import { isChanged } from "../../graph/document.ts";
import { type Gesture, isRefused, type Refused } from "../../graph/gesture.ts";
import { seenNow } from "../../graph/previews.ts";
import { ask } from "../api/client.ts";
import { followAddress } from "./address.ts";
import type { App } from "./app.ts";
import { DataStore } from "./data.ts";
import { DialogStore } from "./dialogs.ts";
import { ProblemStore } from "./problems.ts";
import { Store } from "../../graph/store.ts";
import { RunOptionsStore, wishWith } from "./run_options.ts";
import { SettingsStore } from "./settings.ts";
import { declaredBy, TaskStore } from "./tasks.ts";

/** Typing that pauses for so long is looked at by the server. */
const PAUSE_MS = 300;

const RUNNING = "Steps are running: cancel them or wait for their end, then open another pipeline";

/** A place in the text that is to be shown. */
export interface Spot {
  /** From 1. */
  readonly line: number;
  readonly column?: number;
  /** Which wish this is: the same place may be wished for again. */
  readonly wish: number;
}

/** All of it. */
export class Sides {
  readonly settings: SettingsStore = new SettingsStore();
  readonly tasks: TaskStore = new TaskStore();
  readonly data: DataStore = new DataStore();
  readonly problems: ProblemStore = new ProblemStore();
  readonly dialogs: DialogStore = new DialogStore();
  readonly runOptions: RunOptionsStore = new RunOptionsStore();
  readonly spot: Store<Spot | undefined> = new Store<Spot | undefined>(undefined);
  /** A box that is to be seen. */
  readonly reveal: Store<{ readonly id: string; readonly wish: number } | undefined> = new Store<
    { readonly id: string; readonly wish: number } | undefined
  >(undefined);
  /** Problems that were closed, by their name; others are shown. */
  readonly closedProblems: Store<string> = new Store("");
  readonly #app: App;
  #path: string | undefined;
  #text: string | undefined;
  #knowsTasks = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
    app.store.subscribe(() => this.#follow());
    app.heard.add((type, data) => this.#hear(type, data));
    app.asks = {
      saveFirst: () => this.#saveFirst(),
      trust: (folder) => this.#trust(folder),
      options: () => wishWith(this.runOptions.get(), app.state, this.settings.get()),
    };
    this.tasks.subscribe(() => app.declare(declaredBy(this.tasks.get())));
    this.data.subscribe(() => app.showPreviews(seenNow(this.data.get().facts.values())));
    globalThis.addEventListener("beforeunload", (event) => {
      const { document } = app.state;
      if (document !== undefined && isChanged(document)) event.preventDefault();
    });
    followAddress(app, (path) => this.switchTo(path));
    this.#follow();
  }

  /** Selects a box and brings it into view. */
  pick = (id: string): void => {
    this.#app.select(id);
    this.reveal.set({ id, wish: (this.reveal.get()?.wish ?? 0) + 1 });
  };

  /** Adds a box, and brings it into view. */
  addInView = async (answer: Gesture | Refused): Promise<void> => {
    await this.#app.act(answer);
    const { selected } = this.#app.state;
    if (!isRefused(answer) && selected !== undefined) this.pick(selected);
  };

  /** Shows a place of the text beside the graph. */
  showInText(line: number, column?: number): void {
    this.settings.fold("right", false);
    this.settings.change({ tab: "yaml" });
    this.spot.set({ line, column, wish: (this.spot.get()?.wish ?? 0) + 1 });
  }

  /** Writes the text, after asking unless the file says that it need not be asked. */
  save = async (): Promise<boolean> => {
    const { document, value } = this.#app.state;
    if (document === undefined || !isChanged(document)) return true;
    if (document.conflict !== undefined) return void this.dialogs.ask({ kind: "conflict" }), false;
    if (savesAlone(value)) return await this.#app.save();
    const answer = await this.dialogs.ask({ kind: "save", path: document.path });
    if (answer === undefined) return false;
    if (answer === "always") await this.saveAlways();
    return await this.#app.save();
  };

  /** From now on saving asks no more; the file says so. */
  saveAlways = (): Promise<void> =>
    this.#app.act({
      label: "save without asking",
      edits: [{ kind: "set", path: ["editor", "autoSave"], value: true }],
    });

  /** Opens another pipeline, if the person and what goes on let it; whether it did. */
  switchTo = async (path: string): Promise<boolean> => {
    const { document, run } = this.#app.state;
    if (path === document?.path) return true;
    if (run?.status === "running") {
      this.#app.tell(RUNNING);
      return false;
    }
    if (document !== undefined && isChanged(document)) {
      const answer = await this.dialogs.ask({ kind: "switch", path: document.path });
      if (answer === undefined || (answer === "save" && !await this.#app.save())) return false;
      if (answer === "drop") this.#app.forget();
    }
    return await this.#app.open(path);
  };

  /** Lays all boxes out anew; the places that the file keeps are forgotten. */
  layOut = async (): Promise<void> => {
    const { document, value } = this.#app.state;
    if (document === undefined) return;
    const keeps = value instanceof Map && value.has("layout");
    const question = {
      kind: "confirm",
      title: "Lay out all boxes anew?",
      text: "The places that the file keeps in layout: are forgotten, and the file is saved. Undo brings them back.",
      yes: "Lay out and save",
    } as const;
    if (keeps && !savesAlone(value) && await this.dialogs.ask(question) === undefined) return;
    await this.#app.layOut();
    if (keeps) await this.#app.save();
  };

  async #saveFirst(): Promise<boolean> {
    const { document, value } = this.#app.state;
    if (document?.conflict !== undefined) return void this.dialogs.ask({ kind: "conflict" }), false;
    return savesAlone(value) || await this.dialogs.ask({ kind: "save-first" }) === "save";
  }

  async #trust(folder: string): Promise<boolean> {
    if (await this.dialogs.ask({ kind: "trust", folder }) !== "allow") return false;
    await ask("POST /api/trust", { body: { allow: true } });
    return true;
  }

  #follow(): void {
    const { document, pipeline, problems } = this.#app.state;
    if (document === undefined) return;
    if (document.path !== this.#path) this.#begin(document.path);
    // The graph first: all else takes longer.
    if (pipeline === undefined && problems.length === 0) return;
    if (!this.#knowsTasks) {
      this.#knowsTasks = true;
      void this.tasks.load(document.path);
    }
    if (document.text !== this.#text) {
      this.#text = document.text;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), PAUSE_MS);
    }
  }

  #begin(path: string): void {
    [this.#path, this.#text] = [path, undefined];
    this.#knowsTasks = false;
    this.data.clear();
    this.problems.clear();
    this.runOptions.clear();
  }

  /** Looks at the text, saved or not. */
  #look(): void {
    clearTimeout(this.#timer);
    const { document } = this.#app.state;
    if (document === undefined) return;
    void this.problems.check(document.path, document.text);
    void this.data.load(document.path, document.text);
  }

  #hear(type: string, data: unknown): void {
    if (this.#path === undefined) return;
    const isOver = type === "run" && (data as { readonly type: string }).type === "run_finished";
    if (isOver && this.#app.state.notice === RUNNING) this.#app.dismiss();
    if (type === "data") {
      this.data.touch((data as { readonly keys?: readonly string[] }).keys ?? []);
      this.#look();
    }
    if (type === "tasks") void this.tasks.load(this.#path);
    if (type === "tasks" || type === "status" || type === "trust" || type === "reset") this.#look();
    if (type === "reset") void this.tasks.load(this.#path);
  }
}

/** Whether the file says that saving asks no more. */
export function savesAlone(value: unknown): boolean {
  const editor = value instanceof Map ? value.get("editor") : undefined;
  return editor instanceof Map && editor.get("autoSave") === true;
}
