/** Downloads, from outside. */
export interface Net {
  /**
   * Fetch `url` into the file `to` (temporary name, renamed when complete), following redirects.
   *
   * @throws {LoomError} `download-failed`, naming the URL and the reason; nothing is left at `to`.
   */
  download(
    url: string,
    to: string,
    options: { timeoutMs: number; signal?: AbortSignal; previous?: Validators },
  ): Promise<Downloaded>;
}

/** What a server says to recognise a copy by. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** `unchanged`: the server says the copy described by `previous` is still good, and nothing was written. */
export interface Downloaded extends Validators {
  readonly unchanged: boolean;
}
