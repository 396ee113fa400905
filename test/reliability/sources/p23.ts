import { sourceStage } from "../../fetching/stage.ts";
import type { Stage } from "../../fetching/stage.ts";
import type { WebAnswer } from "../../fakes/web/fake-web.ts";
import type { Figure, Seeded } from "../program.ts";
import { openTally, seeded } from "../schedule/figure.ts";

/** One fact as its source writes it. */
interface Row {
  readonly id: number;
  readonly people: number;
  readonly on: string;
}

/** A source whose whole list, or latest items, are made of rows. */
interface Kind {
  readonly id: string;
  readonly url: string;
  readonly type: string;
  readonly text: (rows: readonly Row[]) => string;
  /** What no reader of it knows. */
  readonly reshaped: (text: string) => string;
  /** A feed brings only what is new: that it brings less, or nothing, is usual. */
  readonly isFeed: boolean;
}

const KINDS: readonly Kind[] = [
  {
    id: "test-register",
    url: "https://register.example/notices.csv",
    type: "text/csv",
    isFeed: false,
    text: (rows) =>
      [
        "Notice ID,Company,People,Noticed",
        ...rows.map(({ id, people, on }) => `${id},Acme ${id},${people},${on}`),
        "",
      ].join("\n"),
    reshaped: (text) => text.replaceAll(/^(\d+,Acme)/gm, "moved,$1"),
  },
  {
    id: "test-feed",
    url: "https://news.example/feed.xml",
    type: "application/rss+xml",
    isFeed: true,
    text: (rows) =>
      `<testfeed>${rows.map(({ id, people, on }) => `<item id="n${id}" on="${on}">Acme${id} cuts ${people} people</item>`).join("")}</testfeed>`,
    reshaped: (text) => text.replaceAll("testfeed", "otherfeed"),
  },
];

/** How a source may go wrong: the answer it gives then, and what we should say of it. */
interface Wrong {
  readonly what: string;
  readonly answer: (kind: Kind, rows: readonly Row[], random: () => number) => WebAnswer;
  readonly says: (kind: Kind) => "suspicious" | "failing" | "ok";
}

const PAGE = "<!DOCTYPE html><html><body>Please sign in</body></html>";
const good = (kind: Kind, rows: readonly Row[]): WebAnswer => ({
  type: kind.type,
  body: kind.text(rows),
  tagged: true,
});
const suspicious = () => "suspicious" as const;
const failing = () => "failing" as const;

const WRONGS: readonly Wrong[] = [
  {
    what: "no rows",
    answer: (kind) => good(kind, []),
    says: ({ isFeed }) => (isFeed ? "ok" : "suspicious"),
  },
  { what: "no bytes", answer: ({ type }) => ({ type, body: "" }), says: failing },
  {
    what: "less than half",
    answer: (kind, rows, random) => good(kind, rows.slice(0, rows.length * 0.5 * random())),
    says: ({ isFeed }) => (isFeed ? "ok" : "suspicious"),
  },
  {
    what: "every row twice",
    answer: (kind, rows) => good(kind, [...rows, ...rows]),
    says: suspicious,
  },
  {
    what: "another order",
    answer: (kind, rows) => good(kind, rows.toReversed()),
    says: () => "ok",
  },
  {
    what: "days to come",
    answer: (kind, rows) =>
      good(
        kind,
        rows.map((row) => ({ ...row, on: "2099-01-01" })),
      ),
    says: suspicious,
  },
  {
    what: "columns moved",
    answer: (kind, rows) => ({ type: kind.type, body: kind.reshaped(kind.text(rows)) }),
    says: ({ isFeed }) => (isFeed ? "failing" : "suspicious"),
  },
  { what: "a web page", answer: () => ({ type: "text/html", body: PAGE }), says: failing },
  {
    what: "a web page said to be data",
    answer: ({ type }) => ({ type, body: PAGE }),
    says: failing,
  },
  {
    what: "cut short",
    answer: (kind, rows) => ({ ...good(kind, rows), tagged: false, fault: "cut" }),
    says: failing,
  },
  {
    what: "an entity of its own",
    answer: (kind, rows) => ({
      type: kind.type,
      body: `<!DOCTYPE a [<!ENTITY b "c">]>${kind.text(rows)}`,
    }),
    says: failing,
  },
  {
    what: "zipped twice",
    answer: (kind, rows) => ({ ...good(kind, rows), zipped: 2 }),
    says: failing,
  },
  {
    what: "a way inside",
    answer: () => ({ status: 302, headers: { location: "https://169.254.169.254/latest" } }),
    says: failing,
  },
  {
    what: "a ring",
    answer: ({ url }) => ({ status: 302, headers: { location: url } }),
    says: failing,
  },
  { what: "no server", answer: () => ({ fault: "reset" }), says: failing },
  {
    what: "nothing there",
    answer: () => ({ status: 404, type: "text/html", body: PAGE }),
    says: failing,
  },
];

/** Turns of wrong answers in a row. */
const TURNS = 4;

/**
 * P23: an answer that is empty, halved, repeated, reordered, re-shaped, of days to come, or no answer at all changes no fact;
 * the source says so, and the operator is told once when it begins and once when it ends.
 */
export async function runP23({
  rounds,
  seed,
}: { readonly rounds: number } & Seeded): Promise<Figure> {
  const tally = openTally();
  const random = seeded(seed);
  for (let round = 0; round < rounds; round += 1)
    for (const kind of KINDS) {
      const stage = await sourceStage({ wanted: [kind.id] });
      try {
        for (const wrong of WRONGS)
          await play(stage, kind, wrong, random, (holds, said) => tally.check(holds, said));
      } finally {
        await stage.close();
      }
    }
  return tally.figure(
    "P23",
    "A half-empty source cannot erase knowledge",
    `${WRONGS.length} kinds of wrong answer, ${TURNS} in a row, from a list and a feed, ${rounds} times (seed ${seed})`,
    "facts unchanged, the source marked, the operator told once at the beginning and once at the end",
  );
}

async function play(
  { web, turn, stored, state, told }: Stage,
  kind: Kind,
  wrong: Wrong,
  random: () => number,
  check: (holds: boolean, said: () => string) => void,
): Promise<void> {
  const where = `${kind.id}, ${wrong.what}`;
  const rows = Array.from({ length: 12 + Math.floor(random() * 40) }, (_, id) => ({
    id,
    people: 10 + Math.floor(random() * 500),
    on: "2026-10-01",
  }));
  web.serves(kind.url, good(kind, rows));
  // Good rows of this case, whatever the last one left: some of them are a believed change, which is no matter here.
  await turn(60, { ids: [kind.id], trust: true });
  const before = await listed(stored);
  const toldBefore = told.length;
  const says = wrong.says(kind);
  web.serves(kind.url, wrong.answer(kind, rows, random));
  for (let times = 1; times <= TURNS; times += 1) {
    await turn(60);
    const after = await listed(stored);
    check(after === before, () => `${where}: the facts changed`);
    check(state(kind.id) === says, () => `${where}: said to be ${state(kind.id)}, not ${says}`);
  }
  const beginnings = told.slice(toldBefore).filter((event) => event === `source.${says}`).length;
  check(beginnings === (says === "ok" ? 0 : 1), () => `${where}: told ${beginnings} times`);
  web.serves(kind.url, good(kind, rows));
  await turn(60);
  await turn(60);
  const events = told.slice(toldBefore).join(" ");
  const wanted = says === "ok" ? "" : `source.${says} source.good`;
  check(events === wanted, () => `${where}: told “${events}”, not “${wanted}”`);
  check(state(kind.id) === "ok", () => `${where}: not good again`);
  const after = await listed(stored);
  check(after === before, () => `${where}: the facts changed when it was good again`);
}

/** Every fact that counts now, in its order. */
async function listed(stored: Stage["stored"]): Promise<string> {
  const { entries, layoffs } = await stored();
  return JSON.stringify([
    layoffs.map(({ key, versions, withdrawnOn }) => [key, versions, withdrawnOn]),
    Object.values(entries).flatMap((shelf) => shelf.map(({ key, versions }) => [key, versions])),
  ]);
}
