import type { PayRow } from "../../src/market/facts.ts";
import type { PayQuery } from "../../src/market/pay-rows.ts";
import { roleFamily } from "../../src/market/roles.ts";
import { openDuckDb } from "./duckdb-api.ts";
import type { Statement } from "./duckdb-api.ts";

/*
 * DuckDB in this process over one table of salaries sorted as our runs are, texts as ENUMs, so that its zone maps let it skip most
 * of a cell's rows; statements are prepared.
 */

export async function payDuckdb(rows: readonly PayRow[]) {
  const db = await openDuckDb();
  const texts = ["employment", "family", "level", "country"] as const;
  await db.run(
    `CREATE TABLE loaded (${texts.map((text) => `${text} VARCHAR`).join(", ")}, usd INTEGER, appeared_after VARCHAR, appeared_on VARCHAR)`,
  );
  const appender = await db.createAppender("loaded");
  for (const row of rows) {
    appender.appendVarchar(row.employment);
    appender.appendVarchar(roleFamily(row.title));
    appender.appendVarchar(row.level);
    appender.appendVarchar(row.employerCountry);
    appender.appendInteger(row.usdPerYear);
    for (const day of [row.appearedAfter, row.appearedOn])
      if (day === null) appender.appendNull();
      else appender.appendVarchar(day);
    appender.endRow();
  }
  appender.closeSync();
  for (const text of texts)
    await db.run(`CREATE TYPE ${text}_t AS ENUM (SELECT DISTINCT ${text} FROM loaded ORDER BY 1)`);
  await db.run(
    `CREATE TABLE pay AS SELECT ${texts.map((text) => `${text}::${text}_t AS ${text}`).join(", ")}, usd, ` +
      "appeared_after::DATE AS appeared_after, appeared_on::DATE AS appeared_on FROM loaded ORDER BY 1, 2, 3, 4, usd",
  );
  await db.run("DROP TABLE loaded");

  const statements = new Map<string, Statement>();
  /** By the parts a question has, so that each is prepared once. */
  async function statement(query: PayQuery): Promise<Statement> {
    const parts = (["level", "country", "from"] as const).filter(
      (part) => query[part] !== undefined,
    );
    const known = statements.get(parts.join(" "));
    if (known !== undefined) return known;
    const conditions = ["employment = 'full-time'", "family = $1"];
    let at = 1;
    for (const part of parts)
      conditions.push(
        part === "from"
          ? `appeared_on >= $${++at}::DATE AND appeared_on <= $${++at}::DATE AND appeared_after >= $${at - 1}::DATE - 10`
          : `${part} = $${++at}`,
      );
    const made = await db.prepare(
      "SELECT count(*), avg(usd), unnest(quantile_cont(usd, [0.1, 0.25, 0.5, 0.75, 0.9])) AS q FROM pay " +
        `WHERE ${conditions.join(" AND ")}`,
    );
    statements.set(parts.join(" "), made);
    return made;
  }

  const medians = await db.prepare(
    "SELECT count(*), median(usd) FROM pay WHERE employment = 'full-time' GROUP BY family, level, country",
  );
  return {
    /** n, mean, p10, p25, median, p75, p90. */
    async stats(query: PayQuery): Promise<readonly number[]> {
      const { role, level, country, from, to } = query;
      const asked = await statement(query);
      asked.bind([role, level, country, from, to].filter((value) => value !== undefined));
      const found = (await asked.runAndReadAll()).getRowsJS();
      return [
        Number(found[0]?.[0]),
        Number(found[0]?.[1]),
        ...found.map(([, , value]) => Number(value)),
      ];
    },
    /** How many salaries each role, level and country has, and their median. */
    async medians() {
      return (await medians.runAndReadAll()).getRowsJS();
    },
    close: () => db.closeSync(),
  };
}
