import { useMemo } from "react";
import { compareTables } from "../../graph/table_diff.ts";

/** Rows that are shown. */
const MOST = 500;

interface TableDiffProps {
  readonly before: string;
  readonly after: string;
  /** What parts the cells. */
  readonly mark: string;
}

/** Two tables: the rows that differ, with both values in each cell that does. */
export function TableDiff({ before, after, mark }: TableDiffProps) {
  const { columns, rows, changed, total } = useMemo(() => compareTables(before, after, { mark, most: MOST }), [
    before,
    after,
    mark,
  ]);
  if (changed === 0) return <p>All {total} rows are the same.</p>;
  return (
    <>
      <p>{changed} of {total} rows differ{changed > MOST && `; the first ${MOST} are shown`}.</p>
      <table className="run-table table-diff">
        <thead>
          <tr>
            <th scope="col" className="number">Row</th>
            {columns.map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, cells }) => (
            <tr key={at}>
              <th scope="row" className="number">{at}</th>
              {cells.map(({ before, after, same }, i) => (
                <td key={i} className="mono">
                  {same ? after : (
                    <>
                      <del>{before}</del> <ins>{after}</ins>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
