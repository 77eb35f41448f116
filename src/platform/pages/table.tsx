import type { ComponentChildren } from 'preact';
import type { Bilingual } from '../problems/problem-spec.js';
import { Both } from './both.js';

/** One column: its heading and what stands in it. */
export interface Column<Row> {
  head: Bilingual;
  cell: (row: Row) => ComponentChildren;
  /** Figures are set right, in digits of one width. */
  isNumber?: boolean;
}

interface TableProps<Row> {
  caption: ComponentChildren;
  /** The first column names the row. */
  columns: Column<Row>[];
  rows: Row[];
  /** Address of a row within the page, where something points at it. */
  idOf?: (row: Row) => string;
  /** Last row: totals, one for each column. */
  foot?: ComponentChildren[];
  /** What to say when there is no row. */
  empty: Bilingual;
}

/** A table with caption, column heads and row heads; on a narrow screen each row becomes a block with named values. */
export function Table<Row>({ caption, columns, rows, idOf, foot, empty }: TableProps<Row>) {
  if (rows.length === 0) {
    return (
      <p class="empty">
        <Both {...empty} />
      </p>
    );
  }
  return (
    <div class="table">
      <table class="stack">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, isNumber }) => (
              <th key={head.en} scope="col" class={classOf(isNumber)}>
                <Both {...head} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Cells key={idOf?.(row)} id={idOf?.(row)} columns={columns} cells={columns.map(({ cell }) => cell(row))} />
          ))}
        </tbody>
        {foot ? (
          <tfoot>
            <Cells columns={columns} cells={foot} />
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

interface CellsProps {
  id?: string;
  columns: Pick<Column<never>, 'head' | 'isNumber'>[];
  cells: ComponentChildren[];
}

function Cells({ id, columns, cells }: CellsProps) {
  return (
    <tr id={id}>
      {columns.map(({ head, isNumber }, index) =>
        index === 0 ? (
          <th key={head.en} scope="row" class={classOf(isNumber)}>
            {cells[index]}
          </th>
        ) : (
          <td key={head.en} class={classOf(isNumber)} data-label={`${head.zh} ${head.en}`}>
            {/* One element, so that name and value stand side by side when the row becomes a block. */}
            <div>{cells[index]}</div>
          </td>
        ),
      )}
    </tr>
  );
}

function classOf(isNumber: boolean | undefined): string | undefined {
  return isNumber ? 'number' : undefined;
}
