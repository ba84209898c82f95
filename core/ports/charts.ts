/** Pictures of data. */

/** Draws charts. */
export interface Charts {
  /**
   * Vega-Lite specifications as SVG documents, in order. What they hold is drawn, nothing is fetched.
   *
   * @param specs With their data; see https://vega.github.io/vega-lite.
   * @throws {LoomError} `not-drawn`.
   */
  svg(specs: readonly Readonly<Record<string, unknown>>[]): Promise<readonly string[]>;
}
