/**
 * What names and help texts of arguments give away.
 *
 * @module
 */

/** An argument, as far as its words tell. */
export interface Worded {
  readonly flags: readonly string[];
  readonly dest: string;
  readonly description: string;
  /** As text; absent if there is none. */
  readonly preset?: string;
}

const OUTPUT_WORDS: ReadonlySet<string> = new Set(
  "out output outputs outfile outdir outpath save saved dest destination write export result results".split(" "),
);
const FILE_WORDS: ReadonlySet<string> = new Set(
  "path file filename dir folder directory csv json input inputs infile data dataset image images table".split(" "),
);
/** Behind a word for a file these make a setting of it: `--output-format`. */
const SETTING_WORDS: ReadonlySet<string> = new Set(
  ("format type size dim dims dimension dimensions channels features width height units layer layers mode every " +
    "interval freq frequency prob shape name prefix suffix dtype length steps best count column columns").split(" "),
);
const WRITES =
  /^\s*(where to (write|save|put|store)|(path|file|folder|directory) (to|for) (write|writing|save|saving|the output|output)|output\b|write[sn]?\b|save[sd]?\b)/i;
const HELP_OUTPUT = /\b(output|destination) (file|folder|directory|path|image|table|csv|json)\b/i;

/** Whether an option names what the script writes. */
export function looksLikeOutput(argument: Worded): boolean {
  const words = wordsOf(argument.dest);
  if (words.some((word) => SETTING_WORDS.has(word))) return false;
  if (argument.flags.includes("-o")) return true;
  if (words.some((word) => OUTPUT_WORDS.has(word))) return true;
  return WRITES.test(argument.description) || HELP_OUTPUT.test(argument.description);
}

/** Whether an option names what the script reads. */
export function looksLikeFile(argument: Worded): boolean {
  const words = wordsOf(argument.dest);
  if (argument.preset !== undefined) return isFileName(argument.preset);
  return words.some((word) => FILE_WORDS.has(word)) && !words.some((word) => SETTING_WORDS.has(word));
}

/** Whether a text is the name of a file or folder rather than any other word. */
export function isFileName(text: string): boolean {
  if (/[\s,;]|^https?:/.test(text) || text === "" || text === "-") return false;
  if (/^[-+\d.]+$/.test(text)) return false;
  return /\.[A-Za-z]\w{0,5}$/.test(text) || text.includes("/");
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}

const TYPES: Readonly<Record<string, string>> = {
  csv: "csv",
  tsv: "csv",
  json: "json",
  jsonl: "json",
  txt: "txt",
  md: "txt",
  log: "txt",
  html: "txt",
  png: "image",
  jpg: "image",
  jpeg: "image",
  tif: "image",
  tiff: "image",
  svg: "image",
  gif: "image",
  mp4: "video",
  avi: "video",
  mov: "video",
};

/** The type that the ending of a path tells. */
export function typeOf(path: string): string | undefined {
  const ending = /\.([A-Za-z0-9]+)$/.exec(path)?.[1].toLowerCase();
  return ending === undefined || !Object.hasOwn(TYPES, ending) ? undefined : TYPES[ending];
}

const ENDINGS: Readonly<Record<string, string>> = {
  csv: ".csv",
  json: ".json",
  txt: ".txt",
  image: ".png",
  video: ".mp4",
  data_folder: "",
  image_directory: "",
};

const NAMED: readonly (readonly [RegExp, string])[] = [
  [/csv|table|summary/, "csv"],
  [/json|metric|score|result/, "json"],
  [/plot|fig|image|chart|png|svg/, "image"],
  [/dir|folder/, "data_folder"],
  [/report|text|log|markdown|md$/, "txt"],
];

/** The type that a name suggests. */
export function typeByName(name: string): string | undefined {
  return NAMED.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
}

/** The ending that files of a type usually have. */
export function endingOf(type: string | undefined): string {
  return type !== undefined && Object.hasOwn(ENDINGS, type) ? ENDINGS[type] : "";
}

/** `--test-share` as the name of a parameter. */
export function parameterName(flag: string): string {
  return flag.replace(/^-+/, "").replaceAll("-", "_");
}
