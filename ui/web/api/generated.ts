// deno-fmt-ignore-file
/**
 * Written by `deno run -A _tools/api_types.ts` from what the server says of itself at `/openapi.json`.
 *
 * @module
 */

/** What requests and answers are made of. */
export interface Schemas {
  readonly Session: {
    readonly version: string;
    readonly root: string;
    /** The pipeline that was named */
    readonly path?: string;
    /** Whether something of it may be run; see /api/trust */
    readonly allowed: boolean;
  };
  readonly Pipelines: {
    readonly pipelines: readonly ({
      readonly path: string;
      readonly name: string;
    })[];
    readonly truncated: boolean;
  };
  readonly File: {
    readonly path: string;
    readonly text: string;
    /** SHA-256 of the text */
    readonly digest: string;
    readonly exists: boolean;
    /** Why it cannot be saved */
    readonly fixed?: string;
  };
  readonly Error: {
    readonly error: {
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
      readonly problems?: readonly (Schemas["Problem"])[];
      readonly data?: {
        readonly [name: string]: unknown;
      };
    };
  };
  readonly Problem: {
    readonly level: "error" | "warning" | "hint";
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly step?: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
  };
  readonly Save: {
    readonly path: string;
    /** Digest of the text that was changed */
    readonly base: string;
    readonly text: string;
  };
  readonly NewFile: {
    /** From the folder that was opened; folders are made */
    readonly path: string;
    readonly template?: "empty" | "step" | "example";
  };
  readonly Trust: {
    /** What was opened */
    readonly folder: string;
    /** Whether something of it may be run */
    readonly allowed: boolean;
  };
  readonly Allow: {
    readonly allow: true;
  };
  readonly Tasks: {
    readonly tasks: readonly (Schemas["Task"])[];
    /** Why the pipeline cannot be read; none if it can */
    readonly problems: readonly (Schemas["Problem"])[];
  };
  readonly Task: {
    readonly name: string;
    /** Path as a step would say it */
    readonly script: string;
    readonly description: string;
    readonly kind?: "condition";
    /** Where its interface was read */
    readonly told: "front-matter" | "argparse" | "nothing";
    readonly inputs: readonly ({
      readonly name: string;
      readonly type?: string;
      readonly description: string;
    })[];
    readonly outputs: readonly ({
      readonly name: string;
      readonly type?: string;
      readonly description: string;
    })[];
    readonly args: readonly ({
      readonly flag: string;
      readonly type: string;
      /** As a pipeline file would spell it */
      readonly default?: string;
      readonly required: boolean;
      readonly choices?: readonly (unknown)[];
      readonly description: string;
    })[];
    readonly problem?: string;
    readonly exists: boolean;
    /** Steps */
    readonly used_by: readonly (string)[];
  };
  readonly Checked: {
    readonly problems: readonly (Schemas["Problem"])[];
    readonly steps: number;
  };
  readonly PipelineText: {
    /** The pipeline, from the folder that was opened */
    readonly path: string;
    readonly text: string;
  };
  readonly Data: {
    readonly data: readonly (Schemas["DataEntry"])[];
  };
  readonly DataEntry: {
    readonly key: string;
    /** As it is written */
    readonly path: string;
    readonly type?: string;
    readonly label?: string;
    readonly nested_in?: string;
    /** From the folder that was opened, absolute where it is outside, or an address */
    readonly resolved?: string;
    /** Whether it lies in the folder that was opened */
    readonly inside?: boolean;
    /** checking: an address was asked, a `data` event tells; unknown: it cannot be told, see problem */
    readonly exists: "exists" | "missing" | "checking" | "unknown";
    readonly kind?: "file" | "folder" | "other" | "url";
    /** Of an address: a run has left a copy here; size and mtime are the copy's */
    readonly copied?: boolean;
    /** Bytes of a file */
    readonly size?: number;
    /** UTC milliseconds */
    readonly mtime?: number;
    /** Files that match, of a path with {name} in it */
    readonly matches?: number;
    /** Why it cannot be told where it is */
    readonly problem?: string;
    readonly hint?: string;
    readonly produced_by: readonly (string)[];
    readonly read_by: readonly (string)[];
    /** No step makes it */
    readonly source: boolean;
  };
  readonly CheckedPath: {
    readonly resolved?: string;
    readonly inside?: boolean;
    /** The data entry that it refers to */
    readonly key?: string;
    /** checking: an address was asked, a `data` event tells; unknown: it cannot be told, see problem */
    readonly exists: "exists" | "missing" | "checking" | "unknown";
    readonly kind?: "file" | "folder" | "other" | "url";
    /** Of an address: a run has left a copy here; size and mtime are the copy's */
    readonly copied?: boolean;
    /** Bytes of a file */
    readonly size?: number;
    /** UTC milliseconds */
    readonly mtime?: number;
    /** Files that match, of a path with {name} in it */
    readonly matches?: number;
    /** Why it cannot be told where it is */
    readonly problem?: string;
    readonly hint?: string;
  };
  readonly Folder: {
    readonly files: readonly ({
      readonly path: string;
      readonly size?: number;
      readonly mtime?: number;
    })[];
    readonly offset: number;
    readonly total: number;
    /** There are more than these */
    readonly truncated: boolean;
  };
  readonly Conditions: {
    readonly conditions: readonly ({
      readonly step: string;
      readonly answer?: "true" | "false" | "then" | "else";
      /** Why it cannot be told; a `data` event tells when a script has been asked */
      readonly why?: string;
    })[];
  };
  readonly Preview: {
    readonly kind: "text";
    readonly pretty: boolean;
    readonly lines: readonly (string)[];
    /** Bytes of the file */
    readonly size: number;
    readonly offset: number;
    /** How many there are, where that was cheap to find out */
    readonly total?: number;
    /** There is more than is shown; what was cut ends in … */
    readonly truncated: boolean;
  } | {
    readonly kind: "json";
    /** Each value on a line of its own; else as in the file */
    readonly pretty: boolean;
    readonly lines: readonly (string)[];
    /** Bytes of the file */
    readonly size: number;
    readonly offset: number;
    /** How many there are, where that was cheap to find out */
    readonly total?: number;
    /** There is more than is shown; what was cut ends in … */
    readonly truncated: boolean;
  } | {
    readonly kind: "table";
    readonly columns: readonly (string)[];
    readonly rows: readonly (readonly (string)[])[];
    /** Bytes of the file */
    readonly size: number;
    readonly offset: number;
    /** How many there are, where that was cheap to find out */
    readonly total?: number;
    /** There is more than is shown; what was cut ends in … */
    readonly truncated: boolean;
  } | {
    readonly kind: "image" | "video";
    readonly media: string;
    readonly size: number;
    readonly url: string;
  } | {
    readonly kind: "folder";
    readonly files: readonly ({
      readonly path: string;
      readonly size?: number;
    })[];
    readonly offset: number;
    readonly total: number;
    readonly truncated: boolean;
  };
  readonly CleanPlan: {
    /** Names what is listed here, to be given back */
    readonly plan: string;
    readonly entries: readonly ({
      readonly key: string;
      /** From the folder that was opened, absolute where it is outside */
      readonly path: string;
      readonly kind: "file" | "folder" | "link" | "absent";
      /** How many files it holds */
      readonly files: number;
      /** Names of up to ten of them */
      readonly sample: readonly (string)[];
      /** Whether it lies in the pipeline's folder */
      readonly inside: boolean;
      /** Why it must stay */
      readonly refused?: string;
    })[];
    /** With any of these nothing is removed */
    readonly refused: readonly ({
      readonly key: string;
      /** From the folder that was opened, absolute where it is outside */
      readonly path: string;
      readonly kind: "file" | "folder" | "link" | "absent";
      /** How many files it holds */
      readonly files: number;
      /** Names of up to ten of them */
      readonly sample: readonly (string)[];
      /** Whether it lies in the pipeline's folder */
      readonly inside: boolean;
      /** Why it must stay */
      readonly refused?: string;
    })[];
    /** Data that no step makes */
    readonly protected: readonly ({
      readonly key: string;
      readonly path: string;
    })[];
    /** Of one entry: no step makes it, so that it could not be made again */
    readonly source: boolean;
  };
  readonly Cleaned: {
    readonly cleaned: number;
    readonly skipped: number;
    readonly failed: number;
    readonly paths: readonly ({
      readonly key: string;
      readonly path: string;
      readonly action: "trashed" | "deleted" | "skipped" | "failed";
      readonly error?: string;
    })[];
    /** Folders that were left empty and removed */
    readonly emptied: readonly (string)[];
  };
  readonly Clean: {
    /** The pipeline, from the folder that was opened */
    readonly path: string;
    readonly mode?: "trash" | "permanent";
    /** What the person has seen; another list is refused */
    readonly plan?: string;
  };
  readonly Trash: {
    /** The pipeline, from the folder that was opened */
    readonly path: string;
    readonly key: string;
    /** Also if no step can make it again */
    readonly force?: boolean;
    /** What the person has seen; another list is refused */
    readonly plan?: string;
  };
  readonly Opened: {
    readonly opened: string;
  };
  readonly Open: {
    /** The pipeline, from the folder that was opened */
    readonly path: string;
    readonly key?: string;
    /** In the place of key: a path or reference of a step */
    readonly text?: string;
    /** A file in that folder */
    readonly file?: string;
  };
  readonly Status: {
    readonly steps: readonly ({
      readonly name: string;
      readonly state: string;
      /** Such as: parameter lr 0.1 → 0.01 */
      readonly reasons: readonly (string)[];
      /** Of a loop */
      readonly items?: {
        readonly fresh: number;
        readonly total: number;
      };
      /** Of a step that is swept */
      readonly points?: {
        readonly fresh: number;
        readonly total: number;
      };
    })[];
    /** Why nothing can be told of the steps; none if it can */
    readonly problems: readonly (Schemas["Problem"])[];
  };
  readonly Started: {
    readonly run: string;
  };
  readonly RunWish: {
    readonly path: string;
    /** steps: these only; until: these steps, or the makers of these data entries, and all that they need */
    readonly mode?: "all" | "steps" | "from" | "until" | "group";
    readonly names?: readonly (string)[];
    /** Optional steps that are run too */
    readonly include?: readonly (string)[];
    /** Parameters for this run only: as they are typed, or in a list the text itself */
    readonly set?: {
      readonly [name: string]: string | readonly [string];
    };
    /** Paths of data entries, for this run only */
    readonly data?: {
      readonly [name: string]: string;
    };
    readonly parallel?: boolean;
    /** At once, with parallel; 0: one for each processor */
    readonly workers?: number;
    /** Pass over what is fresh */
    readonly cached?: boolean;
    /** Run what is fresh too, whatever the file says */
    readonly force?: boolean;
    /** Go on with the last run, which did not end well */
    readonly resume?: boolean;
    readonly sweep?: Schemas["Sweep"];
    /** Wait while another run of this pipeline goes on, instead of being refused */
    readonly wait?: boolean;
  };
  readonly Sweep: {
    /** Such as lr=0.1,0.01 or seed=1..5 */
    readonly values: readonly (string)[];
    /** The values go together, the first with the first */
    readonly zip?: boolean;
    /** So many points, drawn */
    readonly random?: number;
    readonly seed?: number;
  };
  readonly RerunStarted: Schemas["Started"] & {
    /** The file holds another text now; it is run as it is */
    readonly changed: boolean;
  };
  readonly RerunWish: {
    /** Pass over what is fresh */
    readonly cached?: boolean;
    readonly wait?: boolean;
  };
  readonly Live: {
    /** Ids of those that were started by this server */
    readonly runs: readonly (string)[];
    /** These, and those of the open pipelines that other programs drive */
    readonly live: readonly ({
      readonly run: string;
      /** The pipeline, from the folder that was opened */
      readonly path: string;
      /** UTC milliseconds */
      readonly started_at: number;
      readonly status: "waiting" | "running" | "ending";
      readonly elsewhere?: Schemas["Driver"];
    })[];
  };
  /** Another program drives it */
  readonly Driver: {
    readonly pid: number;
    readonly host: string;
    /** It runs on this machine */
    readonly here: boolean;
  };
  readonly RunEvents: {
    readonly run: string;
    /** In order; output is in the logs */
    readonly events: readonly ({
      readonly [name: string]: unknown;
    })[];
    /** There are later ones */
    readonly more: boolean;
    /** It goes on here: what comes next is told by the stream */
    readonly live: boolean;
    readonly status?: string;
  };
  readonly RunOutput: {
    readonly run: string;
    /** Events of the kind output, in order */
    readonly outputs: readonly ({
      readonly [name: string]: unknown;
    })[];
    /** There was more: it is in the logs */
    readonly cut: boolean;
    readonly live: boolean;
  };
  readonly LogPage: {
    readonly text: string;
    /** Where the piece begins */
    readonly offset: number;
    /** Where the next one would */
    readonly next: number;
    /** Of the whole log */
    readonly size: number;
    readonly attempt: number;
    readonly status: string;
    /** The log was removed */
    readonly gone: boolean;
  };
  readonly Screen: {
    readonly columns: number;
    readonly rows: number;
  };
  readonly Runs: {
    readonly runs: readonly (Schemas["ListedRun"])[];
  };
  readonly ListedRun: {
    readonly id: string;
    readonly kind: "pipeline" | "loop";
    readonly name: string;
    readonly status: string;
    /** UTC milliseconds */
    readonly created_at: number;
    readonly duration_ms?: number;
    readonly steps?: number;
    /** Of a sweep */
    readonly points?: number;
    /** What of it was run, in words */
    readonly selection?: string;
    /** Parameters that differ from the run of this pipeline before */
    readonly changed: readonly ({
      readonly name: string;
      readonly before?: string | number | boolean | null;
      readonly after?: string | number | boolean | null;
    })[];
    readonly metrics?: {
      readonly [name: string]: string | number | boolean | null;
    };
    readonly commit?: string;
    /** Of a loop */
    readonly cost_usd?: number;
    /** Of a loop: the best score */
    readonly best?: number;
    /** Of a loop: of the limit that is nearest */
    readonly used_percent?: number;
    /** It goes on here */
    readonly live: boolean;
    readonly elsewhere?: Schemas["Driver"];
  };
  readonly RunRecord: {
    readonly id: string;
    readonly kind: "pipeline" | "loop";
    readonly name: string;
    readonly status: string;
    readonly created_at: number;
    readonly ended_at?: number;
    readonly duration_ms?: number;
    readonly live: boolean;
    readonly elsewhere?: Schemas["Driver"];
    readonly selection?: string;
    readonly include?: readonly (string)[];
    /** Parameters that were given for this run */
    readonly overrides?: {
      readonly [name: string]: string;
    };
    readonly parameters?: {
      readonly [name: string]: string | number | boolean | null;
    };
    readonly metrics?: {
      readonly [name: string]: string | number | boolean | null;
    };
    readonly git?: {
      readonly commit: string;
      readonly dirty: boolean;
    };
    readonly python?: string;
    readonly attempts: readonly ({
      readonly step: string;
      readonly part: string;
      readonly attempt: number;
      readonly status: string;
      readonly command: readonly (string)[];
      readonly started_at: number;
      readonly duration_ms?: number;
      readonly exit_code?: number;
      readonly signal?: string;
      readonly error?: string;
      /** Most memory that its programs held at one time */
      readonly peak_bytes?: number;
      /** Absent where there is no log */
      readonly log_bytes?: number;
    })[];
    /** There are more of them */
    readonly attempts_cut: boolean;
    readonly points: readonly ({
      readonly number: number;
      readonly point: string;
      readonly status: string;
      readonly values: {
        readonly [name: string]: string | number | boolean | null;
      };
      readonly metrics: {
        readonly [name: string]: string | number | boolean | null;
      };
      readonly duration_ms?: number;
      readonly reason?: string;
    })[];
    /** The command that does it once more */
    readonly repeat?: string;
    /** Of a loop: steps, scores, budget, as loom show --json */
    readonly loop?: {
      readonly [name: string]: unknown;
    };
    /** Of a loop: what was used and what is left, in words */
    readonly budget?: readonly (string)[];
    /** Of a loop: of the limit that is nearest */
    readonly used_percent?: number;
  };
  readonly RunDiff: {
    readonly before: {
      readonly run: string;
      readonly point?: string;
      readonly name: string;
      readonly status: string;
      readonly created_at: number;
      readonly duration_ms?: number;
      readonly git?: {
        readonly commit: string;
        readonly dirty: boolean;
      };
      readonly python?: string;
    };
    readonly after: {
      readonly run: string;
      readonly point?: string;
      readonly name: string;
      readonly status: string;
      readonly created_at: number;
      readonly duration_ms?: number;
      readonly git?: {
        readonly commit: string;
        readonly dirty: boolean;
      };
      readonly python?: string;
    };
    readonly parameters: readonly ({
      readonly name: string;
      readonly before?: string | number | boolean | null;
      readonly after?: string | number | boolean | null;
      readonly same: boolean;
    })[];
    readonly metrics: readonly ({
      readonly name: string;
      readonly before?: string | number | boolean | null;
      readonly after?: string | number | boolean | null;
      readonly same: boolean;
      readonly difference?: number;
      readonly ratio?: number;
    })[];
    readonly inputs: readonly ({
      readonly path: string;
      /** SHA-256; absent where a run had nothing to do with it */
      readonly before?: string;
      readonly after?: string;
      readonly same: boolean;
      readonly steps: readonly (string)[];
      readonly made_by?: string;
    })[];
    readonly code: readonly ({
      readonly path: string;
      readonly kind: "pipeline" | "script";
      readonly same: boolean;
      readonly steps: readonly (string)[];
      readonly added?: number;
      readonly removed?: number;
      readonly hunks?: readonly ({
        readonly old_start: number;
        readonly new_start: number;
        readonly lines: readonly (string)[];
      })[];
      /** Why there are no lines */
      readonly untold?: string;
    })[];
    readonly settings: readonly ({
      readonly step: string;
      readonly what: string;
      readonly name?: string;
      readonly before?: string;
      readonly after?: string;
      readonly parameter?: string;
      readonly parts: number;
    })[];
    readonly outputs: readonly ({
      readonly path: string;
      /** SHA-256; absent where a run had nothing to do with it */
      readonly before?: string;
      readonly after?: string;
      readonly same: boolean;
      readonly steps: readonly (string)[];
      readonly made_by?: string;
    })[];
    readonly steps: readonly ({
      readonly name: string;
      readonly before?: {
        readonly status: string;
        readonly duration_ms?: number;
        readonly peak_bytes?: number;
        /** Whether what went in and came out was kept */
        readonly known: boolean;
      };
      readonly after?: {
        readonly status: string;
        readonly duration_ms?: number;
        readonly peak_bytes?: number;
        /** Whether what went in and came out was kept */
        readonly known: boolean;
      };
    })[];
  };
  readonly LoopStep: {
    readonly run: string;
    /** One for each branch; none if every try was lost */
    readonly steps: readonly ({
      readonly step_n: number;
      readonly branch: string;
      /** Absent if it failed, or was pruned */
      readonly state?: unknown;
      readonly status: string;
      readonly decision: string;
      /** Whose state it got; null: what the loop began with */
      readonly input: {
        readonly step: number;
        readonly branch: string;
      } | null;
      readonly score: number | null;
      readonly score_error?: string;
      readonly cost_usd: number;
      /** Of it, in runs inside */
      readonly child_cost_usd: number;
      readonly cost_error?: string;
      readonly tokens: number;
      readonly error: string | null;
      readonly error_stack?: string;
      readonly started_at: string;
      readonly duration_ms: number;
    })[];
    readonly attempts: readonly ({
      readonly branch: string;
      readonly attempt: number;
      readonly status: string;
      readonly reserved_usd: number;
      readonly actual_usd?: number;
      readonly error?: string;
    })[];
    /** Results that are kept: they are not made again when the step is repeated */
    readonly memos: readonly ({
      readonly branch: string;
      readonly key: string;
      readonly value?: unknown;
      readonly cost_usd: number;
    })[];
    /** The state that it went on from */
    readonly before?: unknown;
  };
  readonly RunOutputs: {
    readonly outputs: readonly ({
      readonly step: string;
      /** From the folder of the pipeline */
      readonly path: string;
      readonly kind: "file" | "directory" | "other" | "absent";
      readonly size: number;
      /** Of what the run made */
      readonly digest: string;
      /** It still is what the run made */
      readonly same: boolean;
    })[];
  };
  readonly ResultTable: {
    readonly run?: string;
    readonly columns: readonly ({
      readonly name: string;
      readonly kind: "label" | "count" | "time" | "duration" | "parameter" | "metric";
      readonly numeric: boolean;
    })[];
    readonly rows: readonly ({
      /** Id of a run, or name of a point */
      readonly key: string;
      readonly status: string;
      readonly cells: readonly (string | number | boolean | null)[];
    })[];
    readonly total: number;
    /** Absent where no metric's name tells what is better */
    readonly best?: {
      readonly key: string;
      readonly metric: string;
      readonly mode: "max" | "min";
      readonly ties: readonly (string)[];
    };
  };
  readonly Plot: {
    /** Absent where this server cannot draw */
    readonly svg?: string;
    /** Vega-Lite, its data included */
    readonly spec: {
      readonly [name: string]: unknown;
    };
    /** Axes that were not named */
    readonly chosen: readonly (string)[];
    readonly dots: number;
    /** Rows that are not drawn: they lack a number */
    readonly left: number;
  };
}

/** What is asked and answered, by method and address. */
export interface Operations {
  /** What was opened */
  readonly "GET /api/session": {
    readonly answer: Schemas["Session"];
  };
  /** Pipelines below the folder that was opened */
  readonly "GET /api/pipelines": {
    readonly answer: Schemas["Pipelines"];
  };
  /** A pipeline file as it is on the disk, which is watched from now on; an absent one is an empty text */
  readonly "GET /api/file": {
    readonly answer: Schemas["File"];
  };
  /** Writes a pipeline file, unless it has changed since it was read */
  readonly "PUT /api/file": {
    readonly body: Schemas["Save"];
    readonly answer: Schemas["File"];
  };
  /** Makes a pipeline of a template, with the scripts that it needs; never in the place of another */
  readonly "POST /api/file/new": {
    readonly body: Schemas["NewFile"];
    readonly answer: Schemas["File"];
  };
  /** Whether a person has allowed that something of this folder is run */
  readonly "GET /api/trust": {
    readonly answer: Schemas["Trust"];
  };
  /** Allows it, from now on */
  readonly "POST /api/trust": {
    readonly body: Schemas["Allow"];
    readonly answer: Schemas["Trust"];
  };
  /** Scripts of the folder tasks/ and those that steps use, with what they take; none of them is run */
  readonly "GET /api/tasks": {
    readonly answer: Schemas["Tasks"];
  };
  /** What is wrong with a text, which need not be saved; scripts are read, none is run */
  readonly "POST /api/check": {
    readonly body: Schemas["PipelineText"];
    readonly answer: Schemas["Checked"];
  };
  /** Every data entry: where it is, whether it is there, who makes and who reads it */
  readonly "GET /api/data": {
    readonly answer: Schemas["Data"];
  };
  /** The same of a text that is not saved */
  readonly "POST /api/data": {
    readonly body: Schemas["PipelineText"];
    readonly answer: Schemas["Data"];
  };
  /** Where a path leads as it is typed, references and variables put in */
  readonly "GET /api/check-path": {
    readonly answer: Schemas["CheckedPath"];
  };
  /** Files of a folder at any depth, hidden ones left out */
  readonly "GET /api/folder": {
    readonly answer: Schemas["Folder"];
  };
  /** What conditions and switches say as the disk is now. Scripts are asked only of a saved file, once allowed */
  readonly "POST /api/conditions": {
    readonly body: Schemas["PipelineText"];
    readonly answer: Schemas["Conditions"];
  };
  /** A part of a file as it is shown; small numbers for the canvas, large ones for a page */
  readonly "GET /api/preview": {
    readonly answer: Schemas["Preview"];
  };
  /** The bytes of a file, or a range of them; texts are never more than texts */
  readonly "GET /api/raw": {
    readonly answer: unknown;
  };
  /** The same at the address that a preview gave, without the token */
  readonly "GET /raw/{ticket}": {
    readonly answer: unknown;
  };
  /** What a clean would remove, of all or of one entry; what it must not, and the source data that stays */
  readonly "GET /api/clean": {
    readonly answer: Schemas["CleanPlan"];
  };
  /** Removes what steps made, into the trash or for good */
  readonly "POST /api/clean": {
    readonly body: Schemas["Clean"];
    readonly answer: Schemas["Cleaned"];
  };
  /** Puts the files of one data entry into the trash */
  readonly "POST /api/data/trash": {
    readonly body: Schemas["Trash"];
    readonly answer: Schemas["Cleaned"];
  };
  /** Opens a file, a folder or an address in the program that this machine has for it */
  readonly "POST /api/open": {
    readonly body: Schemas["Open"];
    readonly answer: Schemas["Opened"];
  };
  /** Which steps are fresh, and why others are not */
  readonly "GET /api/status": {
    readonly answer: Schemas["Status"];
  };
  /** Starts a run, which goes on whether or not anybody listens; its input is closed, its output a terminal */
  readonly "POST /api/runs": {
    readonly body: Schemas["RunWish"];
    readonly answer: Schemas["Started"];
  };
  /** The history of a pipeline, or of its project: pipelines, sweeps and loops, newest first */
  readonly "GET /api/runs": {
    readonly answer: Schemas["Runs"];
  };
  /** Runs once more what a run was asked for, with the file as it is now */
  readonly "POST /api/runs/{run}/rerun": {
    readonly body: Schemas["RerunWish"];
    readonly answer: Schemas["RerunStarted"];
  };
  /** Ends a run: TERM, then KILL; asked twice, KILL at once. A loop is asked to stop by who drives it */
  readonly "POST /api/runs/{run}/cancel": {
    readonly answer: Schemas["Started"];
  };
  /** Runs that go on */
  readonly "GET /api/live": {
    readonly answer: Schemas["Live"];
  };
  /** All that happens, numbered, from now on or from Last-Event-ID on */
  readonly "GET /api/events": {
    readonly answer: unknown;
  };
  /** Facts of a run that came after a number, from memory or from the store */
  readonly "GET /api/runs/{run}/events": {
    readonly answer: Schemas["RunEvents"];
  };
  /** The newest that a run has written, while it goes on */
  readonly "GET /api/runs/{run}/output": {
    readonly answer: Schemas["RunOutput"];
  };
  /** A piece of what one attempt of a step wrote */
  readonly "GET /api/runs/{run}/log": {
    readonly answer: Schemas["LogPage"];
  };
  /** Tells how large the screen is that steps write to, those that go on and those to come */
  readonly "POST /api/screen": {
    readonly body: Schemas["Screen"];
    readonly answer: Schemas["Screen"];
  };
  /** One run of any kind, with its attempts, points or steps */
  readonly "GET /api/runs/{run}": {
    readonly answer: Schemas["RunRecord"];
  };
  /** What changed between two runs or points: parameters, inputs, code, outputs, metrics, times */
  readonly "GET /api/diff": {
    readonly answer: Schemas["RunDiff"];
  };
  /** One step of a loop: its state and the one before it, its tries, what it kept */
  readonly "GET /api/runs/{run}/steps/{step}": {
    readonly answer: Schemas["LoopStep"];
  };
  /** Files that a run or one point of it made, and whether they still are what it made */
  readonly "GET /api/runs/{run}/outputs": {
    readonly answer: Schemas["RunOutputs"];
  };
  /** One of these files as it is now */
  readonly "GET /api/runs/{run}/file": {
    readonly answer: unknown;
  };
  /** Parameters beside metrics: points of a sweep, or the newest runs */
  readonly "GET /api/table": {
    readonly answer: Schemas["ResultTable"];
  };
  /** One column over another, as a picture */
  readonly "GET /api/plot": {
    readonly answer: Schemas["Plot"];
  };
}
