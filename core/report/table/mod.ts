/**
 * Results as tables: rows and columns, sorted, filtered, as text and comma-separated values.
 *
 * @module
 */

export { type Cell, type Column, FIXED, pointTable, type ResultTable, runTable } from "./column.ts";
export { csvText } from "./csv.ts";
export { type Document, resultDocument, tableDocument } from "./document.ts";
export { findColumn } from "./find_column.ts";
export { type Mode, modeOf } from "./mode.ts";
export { finiteOf, numberOf } from "./number.ts";
export { type Result, resultOfPoint, resultOfRun } from "./result.ts";
export { select, type Selected, type Selecting } from "./select.ts";
export { columnTexts, isNumeric, MISSING, plainNumber, type Times } from "./text.ts";
