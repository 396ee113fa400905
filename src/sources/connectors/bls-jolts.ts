import { z } from "zod";
import { cite, Fault } from "../../fault.ts";
import { JOLTS_SERIES, joltsSeries } from "../../market/jolts.ts";
import { numberIn } from "../cells.ts";
import { jsonText } from "../json-text.ts";
import type { RowFault } from "../row-fault.ts";
import type { NewEntry, SourceDef } from "../source.ts";

const ADDRESS = "https://api.bls.gov/publicAPI/v2/timeseries/data/";
/** Without a registration key the interface gives ten years at a time. */
const YEARS = 9;

const ANSWER = z.object({
  status: z.string(),
  message: z.array(z.string()).default([]),
  Results: z
    .object({
      series: z.array(
        z.object({
          seriesID: z.string(),
          data: z.array(
            z.object({
              year: z.string().regex(/^\d{4}$/),
              period: z.string(),
              value: z.string(),
              footnotes: z.array(z.object({ code: z.string().optional() })).default([]),
            }),
          ),
        }),
      ),
    })
    .optional(),
});

/** The Bureau of Labor Statistics' monthly count of layoffs and discharges (JOLTS), United States. */
export const blsJolts: SourceDef = {
  id: "bls-jolts",
  publisher: "U.S. Bureau of Labor Statistics",
  title: "JOLTS: layoffs and discharges",
  licence: "public domain",
  attribution: "U.S. Bureau of Labor Statistics, JOLTS",
  url: "https://www.bls.gov/jlt/",
  gaps: "A survey of all US employers, in thousands, seasonally adjusted; every layoff and firing counts, not only announced cuts, so it never adds up with events. Published five weeks after the month, revised later.",
  everyMinutes: 24 * 60,
  staleAfterHours: 72,
  needs: [],
  mayBeEmpty: false,
  byDefault: true,
  settings: { key: "a registration key of the BLS, which raises its daily limit of 25 questions" },
  async *fetch({ get, settings, today }) {
    const year = Number(today.slice(0, 4));
    const { key } = settings;
    const text = await get(ADDRESS, {
      accept: ["application/json"],
      body: JSON.stringify({
        seriesid: JOLTS_SERIES.map(({ id }) => id),
        startyear: String(year - YEARS),
        endyear: String(year),
        ...(key !== undefined && { registrationkey: key }),
      }),
    });
    if (text !== null) yield { url: ADDRESS, text };
  },
  fits: ({ json }) => {
    const answer = ANSWER.safeParse(json);
    return answer.success && answer.data.Results?.series[0]?.seriesID !== undefined;
  },
  parse(text) {
    const { status, message, Results } = ANSWER.parse(jsonText(text));
    if (status !== "REQUEST_SUCCEEDED" || Results === undefined)
      throw new Fault(
        "bad_file",
        `The BLS did not answer: ${cite(message[0] ?? status)}.`,
        "Without a key it answers 25 questions a day; ask again tomorrow.",
      );
    const entries: NewEntry[] = [];
    const faults: RowFault[] = [];
    const others: string[] = [];
    let [rows, unknown] = [0, 0];
    for (const { seriesID, data } of Results.series) {
      rows += data.length;
      if (!JOLTS_SERIES.some(({ id }) => id === seriesID)) {
        others.push(seriesID);
        continue;
      }
      for (const { year, period, value, footnotes } of data) {
        const month = /^M(0[1-9]|1[0-2])$/.exec(period)?.[1];
        // M13 is the year's mean.
        if (month === undefined) continue;
        const count = numberIn(value);
        if (count === null) unknown += 1;
        else if (Number.isNaN(count) || count < 0)
          faults.push({
            row: rows,
            column: `${seriesID} ${year}-${month}`,
            value,
            reason: "is not a plain number",
          });
        else
          entries.push({
            shelf: "points",
            id: `${seriesID}|${year}-${month}`,
            values: {
              series: joltsSeries(seriesID),
              place: "US",
              period: `${year}-${month}`,
              value: count,
              unit: "thousands of people",
              preliminary: footnotes.some(({ code }) => code === "P"),
            },
          });
      }
    }
    return {
      rows,
      entries,
      layoffs: [],
      faults,
      notices: [
        ...(others.length > 0 ? [`Other series were left out: ${others.join(", ")}.`] : []),
        ...(unknown > 0 ? [`${unknown} months have no value ("-"): unknown, not zero.`] : []),
      ],
      asOfOn: null,
      wholeOf: null,
    };
  },
};
