/**
 * Events of a run as plain lines.
 *
 * @module
 */

import type { RunEvent } from "../../../core/ports/events.ts";
import { type Palette, palette } from "./colors.ts";
import {
  endLines,
  type Fact,
  finishLine,
  headerLines,
  partEndLines,
  partLines,
  partSkipLine,
  pointLine,
  retryLine,
  skipLine,
  startLines,
} from "./markers.ts";
import { OutputLines } from "./output_lines.ts";
import { problemLine } from "./problems.ts";

/** Where text goes. */
export interface TextOut {
  out(text: string): void;
  err(text: string): void;
}

/** How a run is told. */
export interface RenderOptions {
  readonly color: boolean;
  /** Colours of standard error. */
  readonly errorColor: boolean;
  /** Folder from which paths are shown; absolute ones when absent. */
  readonly cwd?: string;
  /** Only what went wrong, and the last line. */
  readonly quiet: boolean;
  /** Pass the output of a step that runs alone on as it comes, not line by line. */
  readonly raw: boolean;
}

/** Last lines of output kept for a quiet run, to be shown when the step fails. */
const TAIL = 20;

/** One stream of one program. Two of them must not mix the halves of their lines. */
interface Source {
  readonly step: string;
  readonly item?: string;
  readonly stream: "stdout" | "stderr";
  /** Whether others may write at the same time. */
  readonly shared: boolean;
  readonly prefix: string;
}

/** Tells a run, event by event, as the command line always did. */
export class Renderer {
  readonly #to: TextOut;
  readonly #options: RenderOptions;
  readonly #paint: Palette;
  readonly #lines = new OutputLines<Source>((line, source) => this.#outputLine(line, source));
  /** By step, then by stream and item. */
  readonly #sources = new Map<string, Map<string, Source>>();
  readonly #kinds = new Map<string, Fact<"step_started">["detail"]>();
  readonly #freshItems = new Map<string, number>();
  readonly #tails = new Map<string, string[]>();
  #parallel = false;
  #dryRun = false;
  #midLine = false;

  constructor(to: TextOut, options: RenderOptions) {
    [this.#to, this.#options, this.#paint] = [to, options, palette(options.color)];
  }

  /** Tells one event. */
  event(event: RunEvent): void {
    switch (event.type) {
      case "run_started":
        [this.#parallel, this.#dryRun] = [event.parallel, event.dryRun];
        return this.#say(headerLines(event), event.total === 0);
      case "step_started":
        this.#kinds.set(event.step, event.detail);
        return this.#say(startLines(event, this.#dryRun, this.#paint), this.#dryRun);
      case "part_started":
        return this.#say(this.#placed(partLines(event, this.#dryRun), event.step), this.#dryRun);
      case "part_finished":
        return this.#partFinished(event);
      case "part_skipped":
        return this.#say(this.#placed([partSkipLine(event, this.#paint)], event.step));
      case "iteration_started":
        return this.#say(this.#placed([`  iteration ${event.iteration}:`], event.step), this.#dryRun);
      case "iterations_ended":
        return this.#say(this.#placed([`  condition met at iteration ${event.iteration}`], event.step));
      case "output":
        return this.#output(event);
      case "step_finished":
        return this.#stepFinished(event);
      case "step_retried":
        this.#endSources(event.step);
        return this.#say([retryLine(event, this.#paint)], true);
      case "step_skipped":
        return this.#say([skipLine(event, this.#paint)], event.reason.cause === "failed");
      case "notice":
        return this.#notice(event);
      case "point_started":
      case "progress":
        return;
      case "point_finished":
        return this.#say([pointLine(event, this.#paint)], event.status !== "done");
      case "run_finished":
        return this.#say(endLines(event), true);
    }
  }

  /** What `step` has written since its last line feed. */
  partial(step: string): string {
    for (const source of this.#sources.get(step)?.values() ?? []) {
      const text = this.#lines.partial(source);
      if (text !== "") return text;
    }
    return "";
  }

  #partFinished(fact: Fact<"part_finished">): void {
    if (fact.item !== undefined) this.#endSources(fact.step, fact.item.name);
    if (fact.status === "fresh") this.#freshItems.set(fact.step, (this.#freshItems.get(fact.step) ?? 0) + 1);
    this.#say(this.#placed(partEndLines(fact, this.#paint), fact.step), true);
  }

  #stepFinished(fact: Fact<"step_finished">): void {
    this.#endSources(fact.step);
    const kind = this.#kinds.get(fact.step)?.kind;
    const fresh = this.#freshItems.get(fact.step);
    if (fresh !== undefined) this.#say(this.#placed([`  ${fresh} item(s) fresh`], fact.step));
    if (fact.status === "failed") this.#say(this.#tails.get(fact.step) ?? [], true);
    this.#tails.delete(fact.step);
    this.#kinds.delete(fact.step);
    // A dry run has nothing to tell of a task's end; a condition's answer it has.
    if (this.#dryRun && fact.status === "done" && (kind !== "condition" && kind !== "switch")) return;
    this.#say([finishLine(fact, kind === "repeated", this.#paint)], fact.status !== "done");
  }

  #notice(fact: Fact<"notice">): void {
    const { errorColor: color, cwd } = this.#options;
    const isPlaced = fact.file !== undefined || fact.step === undefined || fact.message.includes(fact.step);
    const message = isPlaced ? fact.message : `step '${fact.step}': ${fact.message}`;
    this.#freshLine();
    this.#to.err(`${problemLine({ ...fact, message }, { cwd, color })}\n`);
  }

  #output(fact: Fact<"output">): void {
    const source = this.#sourceOf(fact);
    if (this.#options.raw && !this.#options.quiet && !source.shared) return this.#passOn(fact);
    this.#lines.add(source, fact.text);
  }

  #passOn(fact: Fact<"output">): void {
    if (fact.stream === "stderr") return this.#to.err(fact.text);
    this.#midLine = !fact.text.endsWith("\n");
    this.#to.out(fact.text);
  }

  #sourceOf(fact: Fact<"output">): Source {
    const detail = this.#kinds.get(fact.step);
    const item = detail?.kind === "loop" && detail.parallel ? fact.item?.name : undefined;
    let sources = this.#sources.get(fact.step);
    if (sources === undefined) this.#sources.set(fact.step, sources = new Map());
    const key = `${fact.stream}:${item ?? ""}`;
    const known = sources.get(key);
    if (known !== undefined) return known;
    const prefix = item === undefined ? `[${fact.step}]` : `[${fact.step}/${item}]`;
    const shared = this.#parallel || item !== undefined;
    const source = { step: fact.step, item, stream: fact.stream, shared, prefix };
    sources.set(key, source);
    return source;
  }

  #outputLine(line: string, source: Source): void {
    if (this.#options.quiet) return this.#remember(line, source);
    if (source.shared) return line === "" ? undefined : this.#to.out(`${this.#paint.dim(source.prefix)} ${line}\n`);
    if (source.stream === "stderr") this.#to.err(`${line}\n`);
    else this.#to.out(`${line}\n`);
  }

  #remember(line: string, source: Source): void {
    const tail = this.#tails.get(source.step) ?? [];
    tail.push(`${source.prefix} ${line}`);
    if (tail.length > TAIL) tail.shift();
    this.#tails.set(source.step, tail);
  }

  #endSources(step: string, item?: string): void {
    const sources = this.#sources.get(step);
    for (const [key, source] of sources ?? []) {
      if (item !== undefined && source.item !== item) continue;
      this.#lines.end(source);
      sources?.delete(key);
    }
    if (sources?.size === 0) this.#sources.delete(step);
  }

  // Lines of a part stand below their step; when steps run together they say whose they are.
  #placed(lines: readonly string[], step: string): readonly string[] {
    if (!this.#parallel || this.#dryRun) return lines;
    return lines.map((line) => `${this.#paint.dim(`[${step}]`)} ${line.trimStart()}`);
  }

  #say(lines: readonly string[], always = false): void {
    if (lines.length === 0 || (this.#options.quiet && !always)) return;
    this.#freshLine();
    this.#to.out(`${lines.join("\n")}\n`);
  }

  #freshLine(): void {
    if (this.#midLine) this.#to.out("\n");
    this.#midLine = false;
  }
}
