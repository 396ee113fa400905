import { expect, it, onTestFinished } from "vitest";
import { CATALOGUE } from "../../src/sources/catalogue.ts";
import { sourceStage } from "./stage.ts";
import type { Stage } from "./stage.ts";

const REGISTER = "https://register.example/warn.csv";
const OTHER = "https://register.example/other.csv";
const DAY = 24 * 60;
const HEADER =
  "state,employer name,canonical name,notice date,effective date,employees affected,layoff type,is temporary,location,source url,dedupe key,first seen,last seen";

/** A row of the register, its notice of the day it was first seen. */
function row(name: string, firstSeen: string, people: number, state = "CA"): string {
  return `${state},${name},${name},${firstSeen},,${people},mass_layoff,0,Oakland,,${name},${firstSeen},`;
}

async function stage(urls = REGISTER): Promise<Stage> {
  const opened = await sourceStage({
    wanted: ["warn-register"],
    own: { SOURCES_WARN_REGISTER_URL: urls },
    catalogue: CATALOGUE,
  });
  onTestFinished(() => opened.close());
  return opened;
}

function listed({ web }: Stage, rows: readonly string[], url = REGISTER): void {
  web.serves(url, { type: "text/csv", body: `${[HEADER, ...rows].join("\n")}\n` });
}

/** Of each notice, the days of its versions with its people; null once it is gone. */
async function versions({ stored }: Stage) {
  return Object.fromEntries(
    (await stored()).entries.notices.map((entry) => [
      entry.versions.find(({ values }) => values !== null)?.values?.company,
      entry.versions.map(({ from, values }) => [from, values?.people ?? null]),
    ]),
  );
}

it("what changed or went on a list is learned on the day it was read, whatever newest day the list names", async () => {
  const made = await stage();
  listed(made, [
    row("Acme", "2026-11-01", 10),
    row("Bolt", "2026-11-12", 20),
    row("Cord", "2026-11-12", 30),
  ]);
  await made.turn(0);
  listed(made, [row("Acme", "2026-11-01", 99), row("Cord", "2026-11-12", 30)]);
  expect(await made.turn(DAY)).toMatchObject([{ changed: 1, withdrawn: 1 }]);
  expect(await versions(made)).toEqual({
    Acme: [
      ["2026-11-01", 10],
      ["2026-11-23", 99],
    ],
    Bolt: [
      ["2026-11-12", 20],
      ["2026-11-23", null],
    ],
    Cord: [["2026-11-12", 30]],
  });
});

it("an older list than the last at its address takes nothing down and changes nothing, and one at another address is its own", async () => {
  const made = await stage(`${REGISTER},${OTHER}`);
  listed(made, [row("Acme", "2026-11-01", 10), row("Bolt", "2026-11-12", 20)]);
  listed(made, [row("Dune", "2026-10-01", 40, "WA"), row("Echo", "2026-10-02", 50, "WA")], OTHER);
  await made.turn(0);
  listed(made, [row("Acme", "2026-11-01", 9), row("Late", "2026-11-02", 1)]);
  listed(made, [row("Dune", "2026-10-01", 41, "WA"), row("Echo", "2026-10-02", 50, "WA")], OTHER);
  expect(await made.turn(DAY)).toMatchObject([{ new: 1, changed: 1, withdrawn: 0 }]);
  expect(await versions(made)).toMatchObject({
    Acme: [["2026-11-01", 10]],
    Bolt: [["2026-11-12", 20]],
    Late: [["2026-11-02", 1]],
    Dune: [
      ["2026-10-01", 40],
      ["2026-11-23", 41],
    ],
  });
});
