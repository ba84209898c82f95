/**
 * Addresses for images and videos, whose elements can send no token: each names one file, can be guessed by nobody, and
 * is forgotten when it is old.
 *
 * @module
 */

import type { Asked } from "../parts/source.ts";

/** Tickets that are remembered. */
const MOST = 5000;

/** Gives them out, and knows them again. */
export class Tickets {
  readonly #asked = new Map<string, Asked>();
  readonly #names = new Map<string, string>();
  readonly #random: () => string;

  /** @param random Makes a text that nobody guesses. */
  constructor(random: () => string) {
    this.#random = random;
  }

  /** The address; the same file as before (`stamp`) has the same one. */
  urlOf(asked: Asked, stamp: string): string {
    const name = JSON.stringify([asked.path, asked.key, asked.text, asked.file, stamp]);
    const ticket = this.#names.get(name) ?? this.#random();
    this.#names.delete(name);
    this.#names.set(name, ticket);
    this.#asked.set(ticket, asked);
    for (const [oldest, ticket] of [...this.#names].slice(0, Math.max(0, this.#names.size - MOST))) {
      this.#names.delete(oldest);
      this.#asked.delete(ticket);
    }
    return `/raw/${ticket}`;
  }

  /** What it was given out for. */
  find(ticket: string): Asked | undefined {
    return this.#asked.get(ticket);
  }
}
