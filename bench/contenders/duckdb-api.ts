export type Value = number | bigint | string | null;

export interface Statement {
  bind(values: readonly Value[]): void;
  runAndReadAll(): Promise<{ getRowsJS(): Value[][] }>;
}

export interface Connection {
  run(sql: string): Promise<unknown>;
  prepare(sql: string): Promise<Statement>;
  createAppender(table: string): Promise<{
    appendVarchar(text: string): void;
    appendInteger(number: number): void;
    appendNull(): void;
    endRow(): void;
    closeSync(): void;
  }>;
  closeSync(): void;
}

interface DuckDB {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
}

/** A DuckDB in this process and its memory. */
export async function openDuckDb(): Promise<Connection> {
  // Installed in this folder only, so that type-checking the project does not need it.
  const name: string = "@duckdb/node-api";
  const { DuckDBInstance }: DuckDB = await import(name);
  return (await DuckDBInstance.create(":memory:")).connect();
}
