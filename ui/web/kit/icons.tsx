/** Pictures on buttons; what they mean is said beside them or in the button's name. */
const PATHS = {
  undo: "M6 4 3 7l3 3M3 7h6.5a3.5 3.5 0 0 1 0 7H7",
  redo: "m10 4 3 3-3 3m3-3H6.5a3.5 3.5 0 0 0 0 7H9",
  save: "M3 3h8l2 2v8H3zM5.5 3v3h4V3M5 13V9h6v4",
  play: "M5 3.5v9l7.5-4.5z",
  stop: "M4.5 4.5h7v7h-7z",
  from: "M3 3v10M6 4.5v7l6-3.5z",
  until: "M13 3v10M4 4.5v7l6-3.5z",
  side: "M2.5 3.5h11v9h-11zM6 3.5v9",
  sideRight: "M2.5 3.5h11v9h-11zM10 3.5v9",
  sideBottom: "M2.5 3.5h11v9h-11zM2.5 9.5h11",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  down: "m4.5 6.5 3.5 3.5 3.5-3.5",
  right: "m6.5 4.5 3.5 3.5-3.5 3.5",
  left: "M9.5 4.5 6 8l3.5 3.5",
  close: "m4 4 8 8m0-8-8 8",
  add: "M8 3.5v9M3.5 8h9",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5 14 14",
  refresh: "M13 8a5 5 0 1 1-1.5-3.5L13 6M13 3v3h-3",
  trash: "M3.5 4.5h9M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9",
  download: "M8 2.5v7m-3-3 3 3 3-3M3 13h10",
  open: "M9 3h4v4m0-4L7.5 8.5M11 9v4H3V5h4",
  full: "M3 6V3h3m4 0h3v3m0 4v3h-3m-4 0H3v-3",
  layout: "M2.5 2.5h4v4h-4zM9.5 9.5h4v4h-4zM9.5 2.5h4v4h-4zM6.5 4.5h3m2 2v3",
  sun:
    "M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 1.5V3m0 10v1.5M1.5 8H3m10 0h1.5M3.4 3.4l1 1m7.2 7.2 1 1m0-9.2-1 1m-7.2 7.2-1 1",
  help: "M6 6a2 2 0 1 1 2.7 1.9c-.5.2-.7.6-.7 1.1v.5M8 12h.01M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  folder: "M2.5 4.5h4l1.5 2h5.5v7h-11z",
  image: "M2.5 3.5h11v9h-11zM5.5 7a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM2.5 11l3.5-3 3 2.5 2-1.5 2.5 2",
  video: "M2.5 4h8v8h-8zM10.5 7l3-2v6l-3-2",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9",
  braces:
    "M6 3c-1.5 0-2 .7-2 2v1.5C4 7.5 3.5 8 2.5 8c1 0 1.5.5 1.5 1.5V11c0 1.300.5 2 2 2M10 3c1.5 0 2 .7 2 2v1.5c0 1 .5 1.5 1.5 1.5-1 0-1.5.5-1.5 1.5V11c0 1.300-.5 2-2 2",
  text: "M3.5 4.5h9M3.5 7h9M3.5 9.5h6M3.5 12h7.5",
  step: "M3 5h10v6H3zM1 8h2m10 0h2",
  tick: "m3.5 8.5 3 3 6-7",
  copy: "M6 6h7v7H6zM4 10H3V3h7v1",
  warn: "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 12h.01",
  parallel: "M4 3v4l4 2m0 0 4-2V3M8 9v4.5",
  group: "M2.5 4v-1.5H4M12 2.5h1.5V4M13.5 12v1.5H12M4 13.5H2.5V12M5 5h6v6H5z",
  clean: "m9.5 2.5-3 5M4 7.5h6l1 6H3z",
  repeat: "M3 7a4 4 0 0 1 4-3h5m0 0-2-2m2 2-2 2M13 9a4 4 0 0 1-4 3H4m0 0 2 2m-2-2 2-2",
  diff: "M5 3v10M2.5 10.5 5 13l2.5-2.5M11 13V3M8.5 5.5 11 3l2.5 2.5",
} as const;

/** Names of pictures. */
export type IconName = keyof typeof PATHS;

/** One picture. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The picture of a type of data. */
export function iconOfType(type: string | undefined): IconName {
  switch (type) {
    case "image":
      return "image";
    case "video":
      return "video";
    case "csv":
      return "table";
    case "json":
      return "braces";
    case "txt":
    case "text":
      return "text";
    case "image_directory":
    case "data_folder":
      return "folder";
    default:
      return "file";
  }
}
