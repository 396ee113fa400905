import { addDays, addYears, dayNumber, dayText } from "../../src/market/calendar.ts";
import { everyMonth } from "../contender.ts";
import type { Contender, Event } from "../contender.ts";
import { openDuckDb } from "./duckdb-api.ts";
import type { Connection, Value } from "./duckdb-api.ts";

/*
 * DuckDB in this process, with prepared statements over one table sorted by day: texts as ENUMs, days as whole numbers, so
 * that it scans as little as it can.
 */

export async function duckdb(events: readonly Event[], today: string): Promise<Contender> {
  const db = await openDuckDb();
  await load(db, events);
  const ask = async (sql: string) => {
    const statement = await db.prepare(sql);
    return async (...values: readonly Value[]) => {
      statement.bind(values);
      return (await statement.runAndReadAll()).getRowsJS();
    };
  };
  const counts = (from: string, to: string) =>
    `coalesce(sum(people) FILTER (day BETWEEN ${from} AND ${to}), 0), count(*) FILTER (day BETWEEN ${from} AND ${to}), ` +
    `count(DISTINCT company) FILTER (day BETWEEN ${from} AND ${to}), count(*) FILTER (people IS NULL AND day BETWEEN ${from} AND ${to})`;
  const grouped = (by: string, limit = "") =>
    `SELECT ${by}::VARCHAR, coalesce(sum(people), 0), count(*) FROM events WHERE day BETWEEN $1 AND $2 GROUP BY ALL ORDER BY 2 DESC, 3 DESC, 1 ${limit}`;
  const totals = await ask(
    `SELECT coalesce(sum(people), 0), count(*), count(*) FILTER (people IS NULL), coalesce(sum(people) FILTER (day BETWEEN $2 AND $3), 0), ` +
      `coalesce(sum(people) FILTER (day BETWEEN $4 AND $5), 0) FROM events WHERE company = $1`,
  );
  const place = await ask(
    "SELECT 1 + count(*) FROM (SELECT coalesce(sum(people), 0) AS people FROM events GROUP BY company) WHERE people > $1",
  );
  const months = await ask(
    "SELECT month, coalesce(sum(people), 0), count(*) FROM events WHERE company = $1 GROUP BY month ORDER BY month",
  );
  const newest = await ask(
    "SELECT company::VARCHAR, spelled, day, learned, people, percent, industry::VARCHAR, country::VARCHAR, stage::VARCHAR, url FROM events WHERE company = $1 ORDER BY day DESC, people DESC NULLS LAST LIMIT 5",
  );
  const windows = await ask(
    `SELECT ${counts("$1 - 6", "$1")}, ${counts("$1 - 29", "$1")}, ${counts("$2", "$1")}, ${counts("$3", "$4")} FROM events WHERE day BETWEEN $3 AND $1`,
  );
  const byIndustry = await ask(grouped("industry"));
  const byCountry = await ask(grouped("country"));
  const byStage = await ask(grouped("stage"));
  const top = await ask(grouped("company", "LIMIT 10"));
  const weeks = await ask(
    "SELECT ($1 - day) // 7 AS week, coalesce(sum(people), 0) FROM events WHERE day BETWEEN $1 - 370 AND $1 GROUP BY week ORDER BY week",
  );

  const yearOf = (on: string) => dayNumber(`${on.slice(0, 4)}-01-01`);
  const spans = (on: string) =>
    [dayNumber(on), yearOf(on), yearOf(addYears(on, -1)), dayNumber(addYears(on, -1))] as const;
  const groups = (rows: Value[][]) =>
    rows.map(([group, people, events]) => [String(group), Number(people), Number(events)] as const);
  return {
    name: "DuckDB",
    async company(key) {
      const [to, from, previousFrom, previousTo] = spans(today);
      const [row = []] = await totals(key, from, to, previousFrom, previousTo);
      return {
        people: Number(row[0]),
        events: Number(row[1]),
        unknownSize: Number(row[2]),
        place: Number((await place(Number(row[0])))[0]?.[0]),
        months: everyMonth(groups(await months(key))),
        yearToDate: Number(row[3]),
        previousYearToDate: Number(row[4]),
        newest: (await newest(key)).map(
          ([company, spelled, day, learned, people, percent, industry, country, stage, url]) => ({
            companyKey: String(company),
            company: String(spelled),
            on: dayText(Number(day)),
            learnedOn: dayText(Number(learned)),
            people: people === null ? null : Number(people),
            percent: percent === null ? null : Number(percent),
            industry: String(industry),
            country: String(country),
            stage: String(stage),
            url: String(url),
          }),
        ),
      };
    },
    async pulse(on) {
      const [day, year, previousYear, yearAgo] = spans(on);
      const [row = []] = await windows(day, year, previousYear, yearAgo);
      const at = (first: number) =>
        [
          Number(row[first]),
          Number(row[first + 1]),
          Number(row[first + 2]),
          Number(row[first + 3]),
        ] as const;
      const month = [dayNumber(addDays(on, -29)), day] as const;
      return {
        last7: at(0),
        last30: at(4),
        yearToDate: at(8),
        previousYearToDate: at(12),
        byIndustry: groups(await byIndustry(...month)),
        byCountry: groups(await byCountry(...month)),
        byStage: groups(await byStage(...month)),
        top: groups(await top(...month)),
        weeks: (await weeks(day)).map(([, people]) => Number(people)),
      };
    },
    close: () => db.closeSync(),
  };
}

async function load(db: Connection, events: readonly Event[]): Promise<void> {
  await db.run(
    "CREATE TABLE loaded (company VARCHAR, day INTEGER, month VARCHAR, people INTEGER, industry VARCHAR, country VARCHAR, stage VARCHAR, spelled VARCHAR, learned INTEGER, percent INTEGER, url VARCHAR)",
  );
  const rows = await db.createAppender("loaded");
  for (const event of events) {
    rows.appendVarchar(event.companyKey);
    rows.appendInteger(dayNumber(event.on));
    rows.appendVarchar(event.on.slice(0, 7));
    if (event.people === null) rows.appendNull();
    else rows.appendInteger(event.people);
    rows.appendVarchar(event.industry);
    rows.appendVarchar(event.country);
    rows.appendVarchar(event.stage);
    rows.appendVarchar(event.company);
    rows.appendInteger(dayNumber(event.learnedOn));
    if (event.percent === null) rows.appendNull();
    else rows.appendInteger(event.percent);
    rows.appendVarchar(event.url);
    rows.endRow();
  }
  rows.closeSync();
  for (const name of ["company", "month", "industry", "country", "stage"])
    await db.run(
      `CREATE TYPE ${name}_name AS ENUM (SELECT DISTINCT ${name} FROM loaded ORDER BY 1)`,
    );
  await db.run(
    "CREATE TABLE events AS SELECT company::company_name AS company, day, month::month_name AS month, people, industry::industry_name AS industry, " +
      "country::country_name AS country, stage::stage_name AS stage, spelled, learned, percent, url FROM loaded ORDER BY day",
  );
  await db.run("DROP TABLE loaded");
}
