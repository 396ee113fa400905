import { describe, expect, it } from "vitest";
import { news } from "../../../src/sources/connectors/news.ts";

const ABOUT = { today: "2026-11-22", url: null };

function rss(...items: readonly (readonly [title: string, date: string, link?: string])[]): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>${items
    .map(
      ([title, date, link = "https://wire.example/1"], at) =>
        `<item><title><![CDATA[${title}]]></title><link>${link}</link><guid>g${at}</guid><pubDate>${date}</pubDate></item>`,
    )
    .join("")}</channel></rss>`;
}

const said = (text: string) =>
  news
    .parse(text, ABOUT)
    .layoffs.map(({ values }) => [
      values.company,
      values.headcount,
      values.percentOfStaff,
      values.announcedOn,
    ]);

describe("a feed of headlines", () => {
  it("gives company and figure with the sentence, or nothing", () => {
    const text = rss(
      ["Acme lays off 120 workers", "Mon, 02 Nov 2026 10:00:00 GMT"],
      ["Bolt cuts 12% of its staff", "Tue, 03 Nov 2026 10:00:00 GMT"],
      ["Cord raises $50m to hire 200 engineers", "Tue, 03 Nov 2026 10:00:00 GMT"],
      ["Dune announces layoffs", "Tue, 03 Nov 2026 10:00:00 GMT"],
      ["Tech layoffs pass 100,000 this year", "Tue, 03 Nov 2026 10:00:00 GMT"],
    );
    expect(said(text)).toEqual([
      ["Acme", 120, null, "2026-11-02"],
      ["Bolt", null, 12, "2026-11-03"],
    ]);
    const { rows, layoffs } = news.parse(text, ABOUT);
    expect([rows, layoffs[0]?.sentence, layoffs[0]?.id]).toEqual([
      5,
      "Acme lays off 120 workers",
      "g0",
    ]);
  });

  it("takes a name of inner capitals or of capitals alone for a headline with its signs", () => {
    const on = "Mon, 02 Nov 2026 10:00:00 GMT";
    expect(
      said(
        rss(
          ["SuperAcme lays off 30 staff", on],
          ["Foobarly lays off 30 staff", on],
          ["IBX lays off 30 staff", on],
          ["iAcme lays off 30 staff", on],
          ["superacme lays off 30 staff", on],
        ),
      ),
    ).toEqual(
      ["SuperAcme", "Foobarly", "IBX", "iAcme"].map((name) => [name, 30, null, "2026-11-02"]),
    );
  });

  it("says of each headline that gives nothing why, lists those that look like a layoff and counts the others", () => {
    const on = "Mon, 02 Nov 2026 10:00:00 GMT";
    const { passedOver, faults, notices } = news.parse(
      rss(
        ["Acme lays off 120 workers", on],
        ["Bolt opens an office", on],
        ["Cord shows a phone", on],
        ["Is Dune about to cut 400 jobs?", on],
        ["Echo denies plans to cut 300 jobs", on],
        ["Fern could cut 400 jobs", on],
        ["One year ago Gull cut 400 jobs", on],
        ["Hill fires 28 employees over protest", on],
        ["Iris lays off 1 employee", on],
        ["Tech companies lay off 5,000 workers", on],
        ["Studio for creators cuts 20 jobs", on],
        ["Jade lays off hundreds", on],
      ),
      ABOUT,
    );
    expect(faults).toEqual([]);
    expect(passedOver?.map(({ row, value, reason }) => `${row} ${value}: ${reason}`)).toEqual([
      "4 Is Dune about to cut 400 jobs?: only asks",
      "5 Echo denies plans to cut 300 jobs: denies it",
      "6 Fern could cut 400 jobs: says what may be",
      "7 One year ago Gull cut 400 jobs: looks back",
      "8 Hill fires 28 employees over protest: tells of people fired for cause",
      "9 Iris lays off 1 employee: is of one person",
      "10 Tech companies lay off 5,000 workers: names no single company",
      "11 Studio for creators cuts 20 jobs: names no company I can tell",
      "12 Jade lays off hundreds: gives no number",
    ]);
    expect(notices).toEqual([
      "11 headlines give no fact: tells of no layoff (2), only asks (1), denies it (1), says what may be (1), looks back (1), tells of people fired for cause (1), is of one person (1), names no single company (1), names no company I can tell (1), gives no number (1).",
    ]);
  });

  it("reads Atom too", () => {
    const text = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>a1</id><title>Acme lays off 120 workers</title><link href="https://wire.example/1"/><updated>2026-11-02T10:00:00Z</updated></entry></feed>`;
    expect(said(text)).toEqual([["Acme", 120, null, "2026-11-02"]]);
  });

  it("takes no link that is no web address, and no mark of a page", () => {
    const { layoffs } = news.parse(
      rss([
        "<b>Acme</b> lays off 120 workers <!channel>",
        "Mon, 02 Nov 2026 10:00:00 GMT",
        "javascript:alert(1)",
      ]),
      ABOUT,
    );
    expect(layoffs[0]?.values).toMatchObject({ company: "Acme", url: null });
    expect(layoffs[0]?.sentence).not.toContain("<b>");
  });

  it("refuses a day to come and a missing one, row by row", () => {
    const { layoffs, faults } = news.parse(
      rss(
        ["Acme lays off 120 workers", "Fri, 01 Jan 2099 10:00:00 GMT"],
        ["Bolt lays off 130 workers", ""],
      ),
      ABOUT,
    );
    expect(layoffs).toEqual([]);
    expect(faults).toMatchObject([
      { row: 1, value: "2099-01-01" },
      { row: 2, reason: "is missing" },
    ]);
  });

  it("is known by its shape, and another text is no feed", () => {
    const sample = (head: string) => ({ name: "f", head, header: [], json: undefined });
    expect(news.fits(sample(rss()))).toBe(true);
    expect(news.fits(sample("Company,Date"))).toBe(false);
    expect(() => news.parse("hello", ABOUT)).toThrow("neither an RSS nor an Atom feed");
  });
});
