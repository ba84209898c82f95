/**
 * Masks secrets in everything that is written: as they are, and as base64, addresses and JSON write them.
 *
 * @module
 */

/** What stands where a secret was. */
const STARS = "***";

/** Shorter ones are found in ordinary words. */
const MIN_LENGTH = 6;

/** Lines of a long secret, such as a private key, that are secret by themselves. */
const MIN_LINE = 20;

const SECRET_NAME = /(^|[_.-])(api_?keys?|keys?|tokens?|secrets?|passwords?|passwd|credentials?|webhook)$/i;

/** Numbers of tokens, not tokens. */
const AMOUNT_NAME = /(^|[_.-])(max|min|num|total|limit|budget)[_.-]tokens?$/i;

/** Whether a variable or a setting of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !AMOUNT_NAME.test(name);
}

/** The secrets of an environment: values of variables with such names, and passwords in addresses. */
export function secretsOf(env: Readonly<Record<string, string>>): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    if (isSecretName(name)) { for (const part of [value, ...value.split(/[,\n]/)]) found.add(part.trim()); }
    const login = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^/?#]*)@/i.exec(value);
    if (login !== null) found.add(login[1]);
  }
  return [...found].filter((secret) => secret.length >= MIN_LENGTH);
}

/** A secret and the forms in which it may be written, longest first. */
export function secretForms(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= MIN_LINE);
  const forms = [secret, ...lines].flatMap((text) => {
    const address = encodeURIComponent(text.toWellFormed());
    const base = base64Cores(text);
    return [
      text,
      address,
      address.replaceAll("%20", "+"),
      address.replace(/%../g, (code) => code.toLowerCase()),
      JSON.stringify(text).slice(1, -1),
      ...base,
      ...base.map((core) => core.replaceAll("+", "-").replaceAll("/", "_")),
      ...base.map(encodeURIComponent),
    ];
  });
  return [...new Set(forms)].filter((form) => form.length >= MIN_LENGTH).toSorted((a, b) => b.length - a.length);
}

/** What base64 makes of a text wherever it begins in what is encoded: the letters that depend on nothing around it. */
function base64Cores(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  return [0, 1, 2].map((shift) => {
    const encoded = btoa("\0".repeat(shift) + binary(bytes));
    return encoded.slice(Math.ceil(shift * 8 / 6), Math.floor((shift + bytes.length) * 8 / 6));
  });
}

/**
 * Makes a function that masks secrets in whole texts.
 *
 * @param secrets Their values; each is found in every form of {@linkcode secretForms}.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap(secretForms).toSorted((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.map(escaped).join("|"), "g");
  return (text) => text.replace(pattern, STARS);
}

/** Replaces secrets in a stream of bytes, also one that comes in two pieces; works on bytes, so any encoding will do. */
export class SecretMask {
  readonly #secrets: readonly string[];
  readonly #pattern: RegExp;
  /** What may be the beginning of a secret, until more is known. */
  #held = "";

  /** @param secrets UTF-8 texts; longer ones win over those they contain. */
  constructor(secrets: readonly string[]) {
    const encoder = new TextEncoder();
    const texts = secrets.filter((secret) => secret !== "").map((secret) => binary(encoder.encode(secret)));
    this.#secrets = texts.toSorted((a, b) => b.length - a.length);
    // Of no secrets the pattern matches nothing.
    this.#pattern = new RegExp(this.#secrets.map(escaped).join("|") || "(?!)", "g");
  }

  /** The next bytes, masked; the end of them may be held back until the next call. */
  take(bytes: Uint8Array): Uint8Array {
    const text = this.#held + binary(bytes);
    const { masked, restAt } = this.#replaceKnown(text);
    this.#held = text.slice(restAt);
    return toBytes(masked);
  }

  /** What was held back: it was no secret. */
  end(): Uint8Array {
    const rest = this.#held.replace(this.#pattern, STARS);
    this.#held = "";
    return toBytes(rest);
  }

  /** Masks up to `restAt`, where a secret may begin that goes on in the next piece. */
  #replaceKnown(text: string): { readonly masked: string; readonly restAt: number } {
    const openAt = this.#openEnd(text);
    let masked = "";
    let at = 0;
    for (const match of text.matchAll(this.#pattern)) {
      // A secret that begins where a longer one may begin waits with it.
      if (match.index >= openAt) break;
      masked += text.slice(at, match.index) + STARS;
      at = match.index + match[0].length;
    }
    const restAt = Math.max(at, openAt);
    return { masked: masked + text.slice(at, restAt), restAt };
  }

  /** Where the text's end begins that is the beginning, and not the whole, of a secret; its length if there is none. */
  #openEnd(text: string): number {
    const longest = this.#secrets[0]?.length ?? 0;
    for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {
      const end = text.slice(at);
      if (this.#secrets.some((secret) => secret.length > end.length && secret.startsWith(end))) return at;
    }
    return text.length;
  }
}

/** Everything but letters and digits as an escape, so that it stands for itself. */
function escaped(text: string): string {
  return text.replace(/[^\w]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** One character for each byte. `latin1` of TextDecoder would be windows-1252, which is not. */
function binary(bytes: Uint8Array): string {
  const step = 8192;
  let text = "";
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return text;
}

function toBytes(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}
