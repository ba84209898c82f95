/**
 * Texts as vectors, without a model: how often each sequence of three characters occurs.
 *
 * @module
 */

const dimensions = 256;
const gramLength = 3;

/**
 * One vector of 256 whole numbers for each text. Texts are compared without regard to case, kind of blank and
 * compatibility forms; texts that share most of their character trigrams have a small cosine distance.
 *
 * Source: signed feature hashing, Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009.
 */
export function embedLocally(texts: readonly string[]): number[][] {
  return texts.map(vectorOf);
}

function vectorOf(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const characters = [...` ${text.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ")} `];
  for (let i = 0; i + gramLength <= characters.length; i++) {
    const hash = fnv1a(characters.slice(i, i + gramLength).join(""));
    // The sign keeps grams that fall together from adding up: unlike texts stay far apart.
    vector[hash % dimensions] += hash & 0x10000 ? 1 : -1;
  }
  return vector;
}

/** 32-bit FNV-1a over UTF-16 units, as an unsigned number. Source: Fowler, Noll and Vo, 1991. */
export function fnv1a(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV's low bits mix poorly in short texts; this is the finaliser of MurmurHash3.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Tells texts apart without keeping them: their length and 128 bits of hash. Not for use against an adversary. */
export function textKey(text: string): string {
  const parts = [0x811c9dc5, 0x01234567, 0x2f9be6cc, 0x7ed55d16].map((basis) => fnv1a(text, basis));
  return `${text.length}:${parts.map((part) => part.toString(16).padStart(8, "0")).join("")}`;
}

/** Cosine distance, in `[0, 2]`. A vector of zeros is at 1 from every other one. */
export function cosineDistance(a: readonly number[], b: readonly number[]): number {
  const [scaleA, scaleB] = [scaleOf(a), scaleOf(b)];
  if (scaleA === 0 || scaleB === 0) return 1;
  let [dot, normA, normB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] / scaleA, b[i] / scaleB];
    dot += x * y;
    normA += x * x;
    normB += y * y;
  }
  return Math.min(2, Math.max(0, 1 - dot / Math.sqrt(normA * normB)));
}

/** The largest member: squares of what was divided by it cannot overflow. */
function scaleOf(vector: readonly number[]): number {
  return vector.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
}
