/**
 * What stops the YAML reader, before it is an error of a file.
 *
 * @module
 */

/** A place in a file; both counted from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a fault is, in one of two ways, and what led to it. */
export interface FaultOptions {
  readonly place?: Place;
  /** In UTF-16 units from the start of the text that was parsed. */
  readonly offset?: number;
  readonly cause?: unknown;
}

/** Something in the text that cannot be read. Without a place it is about the value being read. */
export class YamlFault extends Error {
  override readonly name = "YamlFault";
  readonly place?: Place;
  readonly offset?: number;

  /**
   * @param message What is wrong. Capital first, no full stop.
   * @param hint What to do about it.
   */
  constructor(message: string, readonly hint: string, options: FaultOptions = {}) {
    super(message, { cause: options.cause });
    this.place = options.place;
    this.offset = options.offset;
  }
}
