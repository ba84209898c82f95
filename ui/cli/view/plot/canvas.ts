/** Dots of a braille character, by column and row; Unicode Standard, Braille Patterns. */
const BITS = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]] as const;

/** Dots in a character. */
export const ACROSS = 2;
/** Likewise, from top to bottom. */
export const DOWN = 4;

/** A place on the terminal: what stands there and whose it is. */
interface Cell {
  bits: number;
  mark?: string;
  group: number;
}

/** A drawing of braille dots and marks, which lie over them. */
export class Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly #cells: (Cell | undefined)[];

  constructor(columns: number, rows: number) {
    [this.columns, this.rows] = [columns, rows];
    this.#cells = Array.from({ length: columns * rows }, () => undefined);
  }

  /** One braille dot. What lies outside is not drawn. */
  dot(x: number, y: number, group: number): void {
    const [column, row] = [Math.floor(x / ACROSS), Math.floor(y / DOWN)];
    const cell = this.#at(column, row, group);
    if (cell !== undefined) cell.bits |= BITS[x - column * ACROSS][y - row * DOWN];
  }

  /** A straight line of dots. Source: Bresenham, "Algorithm for computer control of a digital plotter", 1965. */
  line([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], group: number): void {
    const [width, height] = [Math.abs(x1 - x0), -Math.abs(y1 - y0)];
    const [right, below] = [x0 < x1 ? 1 : -1, y0 < y1 ? 1 : -1];
    let [x, y, off] = [x0, y0, width + height];
    for (;;) {
      this.dot(x, y, group);
      if (x === x1 && y === y1) return;
      const twice = 2 * off;
      if (twice >= height) [off, x] = [off + height, x + right];
      if (twice <= width) [off, y] = [off + width, y + below];
    }
  }

  /** A character, in the place of the dots there. */
  mark(column: number, row: number, { text, group }: { readonly text: string; readonly group: number }): void {
    const cell = this.#at(column, row, group);
    if (cell !== undefined) cell.mark = text;
  }

  /** One line of text. `paint` colours what belongs to a group. */
  text(row: number, paint: (text: string, group: number) => string): string {
    let line = "";
    for (let column = 0; column < this.columns; column++) {
      const cell = this.#cells[row * this.columns + column];
      line += cell === undefined ? " " : paint(cell.mark ?? String.fromCharCode(0x2800 + cell.bits), cell.group);
    }
    return line;
  }

  #at(column: number, row: number, group: number): Cell | undefined {
    if (column < 0 || column >= this.columns || row < 0 || row >= this.rows) return undefined;
    const cell = this.#cells[row * this.columns + column] ??= { bits: 0, group };
    cell.group = group;
    return cell;
  }
}
