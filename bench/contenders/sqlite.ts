import { DatabaseSync } from "node:sqlite";
import { addYears } from "../../src/market/calendar.ts";
import { everyMonth } from "../contender.ts";
import type { Contender, Event } from "../contender.ts";

/**
 * SQLite in memory with everything it could wish for: prepared statements, a covering index, and rollups by company and by
 * company and month, each company's place among them.
 */
export function sqlite(events: readonly Event[], today: string): Contender {
  const db = new DatabaseSync(":memory:");
  db.exec(`
    CREATE TABLE events (company TEXT NOT NULL, day TEXT NOT NULL, people INTEGER, spelled TEXT, learned TEXT, percent REAL, industry TEXT, country TEXT, stage TEXT, url TEXT) STRICT;
    BEGIN`);
  const insert = db.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const event of events) {
    const { companyKey, company, on, people, learnedOn, percent, industry, country, stage, url } =
      event;
    insert.run(companyKey, on, people, company, learnedOn, percent, industry, country, stage, url);
  }
  db.exec(`
    COMMIT;
    CREATE INDEX by_company ON events (company, day DESC, people DESC);
    CREATE TABLE company_months (company TEXT, month TEXT, people INTEGER, events INTEGER, PRIMARY KEY (company, month)) WITHOUT ROWID;
    INSERT INTO company_months SELECT company, substr(day, 1, 7), coalesce(sum(people), 0), count(*) FROM events GROUP BY 1, 2;
    CREATE TABLE company_totals (company TEXT PRIMARY KEY, people INTEGER, events INTEGER, unknown INTEGER, place INTEGER) WITHOUT ROWID;
    INSERT INTO company_totals
      SELECT company, people, events, unknown, rank() OVER (ORDER BY people DESC)
      FROM (SELECT company, coalesce(sum(people), 0) AS people, count(*) AS events, sum(people IS NULL) AS unknown FROM events GROUP BY 1);
    ANALYZE`);
  const total = db.prepare(
    "SELECT people, events, unknown, place FROM company_totals WHERE company = ?",
  );
  const months = db.prepare(
    "SELECT month, people, events FROM company_months WHERE company = ? ORDER BY month",
  );
  const span = db.prepare(
    "SELECT coalesce(sum(people), 0) AS people FROM events WHERE company = ? AND day BETWEEN ? AND ?",
  );
  const newest = db.prepare(
    "SELECT * FROM events WHERE company = ? ORDER BY day DESC, people DESC LIMIT 5",
  );
  const number = (value: unknown) => Number(value);
  const yearAgo = addYears(today, -1);
  return {
    name: "SQLite with rollups",
    company(key) {
      const row = total.get(key) ?? {};
      return {
        people: number(row["people"]),
        events: number(row["events"]),
        unknownSize: number(row["unknown"]),
        place: number(row["place"]),
        months: everyMonth(
          months
            .all(key)
            .map(
              (month) =>
                [String(month["month"]), number(month["people"]), number(month["events"])] as const,
            ),
        ),
        yearToDate: number(span.get(key, `${today.slice(0, 4)}-01-01`, today)?.["people"]),
        previousYearToDate: number(
          span.get(key, `${yearAgo.slice(0, 4)}-01-01`, yearAgo)?.["people"],
        ),
        newest: newest.all(key).map((event) => ({
          companyKey: String(event["company"]),
          company: String(event["spelled"]),
          on: String(event["day"]),
          learnedOn: String(event["learned"]),
          people: event["people"] === null ? null : number(event["people"]),
          percent: event["percent"] === null ? null : number(event["percent"]),
          industry: String(event["industry"]),
          country: String(event["country"]),
          stage: String(event["stage"]),
          url: String(event["url"]),
        })),
      };
    },
    close: () => db.close(),
  };
}
