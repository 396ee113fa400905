// A process to be killed: appends one import of many sightings to the facts log in a folder.
import { openFactsLog, type FactChange } from "../../src/stores/facts-log.ts";

const [dir = "", count = "0", name = ""] = process.argv.slice(2);
const changes = Array.from({ length: Number(count) }, (_, at): FactChange => {
  const company = `company ${name}-${at}`;
  return {
    kind: "sighting",
    key: `layoffs-fyi|${company}|2024-02-01|1`,
    learnedOn: "2024-02-01",
    assumed: true,
    values: {
      company,
      announcedOn: "2024-02-01",
      filedOn: null,
      effectiveOn: null,
      headcount: at + 1,
      percentOfStaff: null,
      industry: null,
      country: null,
      location: null,
      stage: null,
      reason: null,
      raisedUsdM: null,
      url: null,
    },
  };
});
// With a handler, a write past the limit on file sizes fails instead of ending the process.
process.on("SIGXFSZ", () => {});
const log = await openFactsLog(dir);
const record = {
  file: `${name}.csv`,
  layout: "nine",
  source: "layoffs-fyi",
  sha256: name,
  asOfOn: "2024-03-08",
  rows: changes.length,
  importedAt: "2026-11-22T09:00:00.000Z",
};
process.stdout.write("writing\n");
await log.append({ record, changes });
