/** Which steps of a pipeline a person asks for. */
export type Selection =
  | { readonly mode: "all" }
  /** Exactly these, in this order. */
  | { readonly mode: "steps"; readonly names: readonly string[] }
  /** This one and everything after it in file order. */
  | { readonly mode: "from"; readonly name: string }
  /** These steps, or the makers of these data entries, and everything that they need. */
  | { readonly mode: "until"; readonly names: readonly string[] }
  | { readonly mode: "group"; readonly name: string };
