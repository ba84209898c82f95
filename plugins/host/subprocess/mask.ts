/** What stands where a secret was. */
const stars = "***";

/** Replaces secrets in a stream of bytes, also one that comes in two pieces; works on bytes, so any encoding will do. */
export class SecretMask {
  readonly #secrets: readonly string[];
  readonly #pattern: RegExp;
  /** What may be the beginning of a secret, until more is known. */
  #held = "";

  /** @param secrets UTF-8 texts; longer ones win over those they contain. */
  constructor(secrets: readonly string[]) {
    const encoder = new TextEncoder();
    const texts = secrets.filter((secret) => secret !== "").map((secret) => toText(encoder.encode(secret)));
    this.#secrets = texts.toSorted((a, b) => b.length - a.length);
    this.#pattern = new RegExp(this.#secrets.map((text) => text.replace(/[^\w]/g, escapeCharacter)).join("|"), "g");
  }

  /** The next bytes, masked; the end of them may be held back until the next call. */
  take(bytes: Uint8Array): Uint8Array {
    const text = this.#held + toText(bytes);
    const { masked, restAt } = this.#replaceKnown(text);
    this.#held = text.slice(restAt);
    return toBytes(masked);
  }

  /** What was held back: it was no secret. */
  end(): Uint8Array {
    const rest = this.#held.replace(this.#pattern, stars);
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
      masked += text.slice(at, match.index) + stars;
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

function escapeCharacter(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** One character for each byte. `latin1` of TextDecoder would be windows-1252, which is not. */
function toText(bytes: Uint8Array): string {
  const step = 8192;
  let text = "";
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return text;
}

function toBytes(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}
