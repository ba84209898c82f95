import { redactor, secretsOf } from "../../../core/redact.ts";
import type { Terminal } from "../base/terminal.ts";

/** A terminal that shows no secret of an environment, in none of the forms in which it may be written. */
export class RedactedTerminal implements Terminal {
  readonly #inner: Terminal;
  readonly #env: () => Readonly<Record<string, string>>;
  #redact: ((text: string) => string) | undefined;

  /** @param env Asked for at the first word, and only then. */
  constructor(inner: Terminal, env: () => Readonly<Record<string, string>>) {
    [this.#inner, this.#env] = [inner, env];
  }

  get canRedraw(): boolean {
    return this.#inner.canRedraw;
  }

  get color(): boolean {
    return this.#inner.color;
  }

  get errorColor(): boolean {
    return this.#inner.errorColor;
  }

  get errorIsTerminal(): boolean {
    return this.#inner.errorIsTerminal;
  }

  get inputIsTerminal(): boolean {
    return this.#inner.inputIsTerminal;
  }

  get closed(): AbortSignal {
    return this.#inner.closed;
  }

  write(text: string): void {
    this.#inner.write(this.#masked(text));
  }

  writeError(text: string): void {
    this.#inner.writeError(this.#masked(text));
  }

  flush(): void {
    this.#inner.flush();
  }

  readLine(): string | undefined {
    return this.#inner.readLine();
  }

  size(): { readonly columns: number; readonly rows: number } {
    return this.#inner.size();
  }

  #masked(text: string): string {
    this.#redact ??= redactor(secretsOf(this.#env()));
    return this.#redact(text);
  }
}
