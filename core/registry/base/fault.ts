/**
 * What does not fit a schema, in one line.
 *
 * @module
 */

/** As much of zod's error as is read here. */
export interface SchemaFault {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** The first thing that is wrong, and where: `usage.input: Invalid input: expected number, received string`. */
export function faultText({ issues: [first] }: SchemaFault): string {
  return first.path.length === 0 ? first.message : `${first.path.map(String).join(".")}: ${first.message}`;
}
