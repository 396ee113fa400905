import { beforeAll, describe, expect, it } from "vitest";
import { findingOf } from "../../src/claims/check.ts";
import { readClaims } from "../../src/claims/read.ts";
import type { Verdict } from "../../src/claims/verdict.ts";
import type { Market } from "../../src/market/market.ts";
import { testBot } from "../bot.ts";

const NOW = "2026-05-21";
let market: Market;
beforeAll(async () => {
  ({ market } = await testBot());
});

type Told = readonly [words: string, verdict: Verdict, measured: number | null];
const OPEN = "cannot check";

/** The clause beside the denial is judged, the denied one is not. */
const APART: readonly (readonly [text: string, ...Told[]])[] = [
  [
    "Google cut 12,000 jobs in January 2023 but did not cut in Japan",
    ["12,000 jobs", "supported", 12_000],
    ["did not cut in Japan", OPEN, null],
  ],
  [
    "Google cut 50,000 jobs in January 2023 but did not cut in Japan",
    ["50,000 jobs", "not supported", 12_000],
    ["did not cut in Japan", OPEN, null],
  ],
  [
    "Meta, which never cut 50,000 people, laid off 11,000 in November 2022",
    ["50,000 people", OPEN, null],
    ["11,000", "supported", 11_000],
  ],
  [
    "Meta, which did not cut pay, laid off 13,000 in November 2022",
    ["which did not cut pay", OPEN, null],
    ["13,000", "not supported", 11_000],
  ],
  [
    "Twitter, which has never made a profit, cut 3,700 jobs in November 2022",
    ["3,700 jobs", "supported", 3_700],
  ],
  [
    "Meta, which had never laid off people before, cut 11,000 jobs in November 2022",
    ["which had never laid off people before", OPEN, null],
    ["11,000 jobs", "supported", 11_000],
  ],
  [
    "Google, which cut 12,000 jobs in January 2023, said it would not cut more",
    ["Google, said it would not cut more", OPEN, null],
    ["12,000 jobs", "supported", 12_000],
  ],
  [
    "Google and Microsoft, which did not cut pay, cut 22,000 jobs in January 2023",
    ["which did not cut pay", OPEN, null],
    ["22,000 jobs", "supported", 22_000],
  ],
  [
    "Google cut 12,000 jobs in January 2023, not 10,000",
    ["12,000 jobs", "supported", 12_000],
    ["10,000", OPEN, null],
  ],
  [
    "Google cut 10,000 jobs in January 2023, and not 12,000",
    ["10,000 jobs", "not supported", 12_000],
    ["12,000", OPEN, null],
  ],
  [
    "Google cut 12,000 jobs (not 10,000) in January 2023",
    ["12,000 jobs", "supported", 12_000],
    ["10,000", OPEN, null],
  ],
  [
    "Google cut not 10,000 but 12,000 jobs in January 2023",
    ["10,000", OPEN, null],
    ["12,000 jobs", "supported", 12_000],
  ],
  [
    "Google cut 12,000 jobs in January 2023 instead of 10,000",
    ["12,000 jobs", "supported", 12_000],
    ["10,000", OPEN, null],
  ],
  [
    "Google cut 6% of its staff, not 10%, in January 2023",
    ["6% of its staff", "supported", 6],
    ["10%", OPEN, null],
  ],
  [
    "Over 12,000 people, not 10,000, were laid off at Google in January 2023",
    ["Over 12,000 people", "supported", 12_000],
    ["10,000", OPEN, null],
  ],
  [
    "Google cut 12,000 jobs in January 2023, but Meta did not cut 11,000",
    ["12,000 jobs", "supported", 12_000],
    ["11,000", OPEN, null],
  ],
  [
    "Apple has not had layoffs, while Google cut 12,000 jobs in January 2023",
    ["Apple has not had layoffs", OPEN, null],
    ["12,000 jobs", "supported", 12_000],
  ],
  [
    "Google cut 12,000 jobs in January 2023 while Apple did not",
    ["12,000 jobs", "supported", 12_000],
  ],
  [
    "Google cut 12,000 jobs in January 2023 but did not say which teams were affected",
    ["12,000 jobs", "supported", 12_000],
  ],
  [
    "Google hasn't said how many, but Meta laid off 11,000 in November 2022",
    ["11,000", "supported", 11_000],
  ],
  ["Amazon did not comment but laid off 9,000 in March 2023", ["9,000", "supported", 9_000]],
  [
    "Google cut 12,000 jobs in January 2023 and has not cut 5,000 in Japan",
    ["12,000 jobs", "supported", 12_000],
    ["5,000", OPEN, null],
  ],
  [
    "Meta laid off 11,000 in November 2022 and never cut 50,000 jobs in a year",
    ["11,000", "supported", 11_000],
    ["50,000 jobs", OPEN, null],
  ],
  [
    "Although Apple did not cut jobs in 2022, Google laid off 12,000 in January 2023",
    ["Apple did not cut jobs in 2022", OPEN, null],
    ["12,000", "supported", 12_000],
  ],
  [
    "Google did not cut jobs in 2022 but laid off 12,000 in January 2023",
    ["Google did not cut jobs in 2022", OPEN, null],
    ["12,000", "supported", 12_000],
  ],
  [
    "Google did not cut jobs in 2022, but it laid off 15,000 in January 2023",
    ["Google did not cut jobs in 2022", OPEN, null],
    ["15,000", "not supported", 12_000],
  ],
  [
    "Dell did not cut jobs in 2022 but Zoom cut 1,300 jobs in February 2023",
    ["Dell did not cut jobs in 2022", OPEN, null],
    ["1,300 jobs", "supported", 1_300],
  ],
  [
    "Microsoft laid off 10,000 people in January 2023 and did not freeze hiring",
    ["10,000 people", "supported", 10_000],
  ],
  [
    "Salesforce cut 8,000 jobs in January 2023, whereas SAP did not cut 9,000",
    ["8,000 jobs", "supported", 8_000],
    ["9,000", OPEN, null],
  ],
  [
    "Meta cut 11,000 jobs in November 2022, though WhatsApp was not affected",
    ["11,000 jobs", "supported", 11_000],
  ],
  [
    "Over 260,000 tech workers lost their jobs in 2023, not 300,000",
    ["Over 260,000 tech workers", "supported", 263_180],
    ["300,000", OPEN, null],
  ],
  [
    "PayPal cut 2,000 jobs in January 2023, though Visa and Mastercard did not",
    ["2,000 jobs", "supported", 2_000],
  ],
  [
    "Although it had not cut jobs before, Google laid off 12,000 in January 2023",
    ["it had not cut jobs before", OPEN, null],
    ["12,000", "supported", 12_000],
  ],
  [
    "While Google cut 12,000 jobs in January 2023, Apple did not cut 12,000",
    ["12,000 jobs", "supported", 12_000],
    ["12,000", OPEN, null],
  ],
  [
    "Google cut 12,000 jobs in January 2023, while Microsoft, Amazon and Meta have not cut 10,000 each",
    ["12,000 jobs", "supported", 12_000],
    ["10,000 each", OPEN, null],
  ],
  [
    "Tesla didn't say how many jobs it cut, but 14,000 were laid off in April 2024",
    ["14,000", "supported", 14_000],
  ],
  [
    "Google never cut 12,000 jobs, but it did cut 10,000 in January 2023",
    ["12,000 jobs", OPEN, null],
    ["10,000", "not supported", 12_000],
  ],
  [
    "Meta has laid off 11,000 people in November 2022 and hasn't hired since",
    ["11,000 people", "supported", 11_000],
  ],
  [
    "Salesforce laid off 8,000 people, not 10,000 as first reported, in January 2023",
    ["8,000 people", "supported", 8_000],
    ["10,000", OPEN, null],
  ],
  [
    "Foobar did not cut jobs in 2022 but laid off 12,000 in January 2023",
    ["Foobar did not cut jobs in 2022", OPEN, null],
    ["12,000", OPEN, null],
  ],
];

/** Where the denial may reach further, or takes back what the other clause says, nothing is judged. */
const WHOLE: readonly string[] = [
  "Google did not cut 12,000 jobs in January 2023",
  "Google denied that it cut 12,000 jobs, while Meta cut 11,000 in November 2022",
  "It is not true that Google cut 12,000 jobs in January 2023 and Meta cut 11,000 in November 2022",
  "Google cut 12,000 jobs in January 2023, which is not true",
  "Google cut 12,000 jobs in January 2023, but that is false",
  "Google cut 12,000 jobs in January 2023 but not all of them",
  "Google cut 12,000 jobs, but not in January 2023",
  "Google cut 12,000 jobs but did not cut in January 2023",
  "Google cut 12,000 jobs rather than 10,000 in January 2023",
  "Google planned to cut 12,000 jobs in January 2023 but did not",
  "Google planned 12,000 layoffs in January 2023 but did not cut them",
  "Google announced 12,000 layoffs in January 2023 but did not lay off anyone",
  "Google announced 12,000 layoffs in January 2023 but later cancelled them",
  "Google did not cut 12,000 jobs but 10,000 in January 2023",
  "Google did not cut 10,000 jobs and lay off 12,000 in January 2023",
  "Neither Google nor Meta cut 12,000 jobs in January 2023",
  "Google has not cut 12,000 jobs and Meta has not cut 11,000",
  "Google did not say it cut 12,000 jobs in January 2023",
  "Google has not yet cut 12,000 jobs",
  "Google cut 12,000 jobs in January 2023 but did not cut jobs in January 2023",
  "No one at Google was among the 12,000 laid off in January 2023",
  "Google will cut 12,000 jobs in January 2023 but will not cut in Japan",
  "Google never said that it cut 12,000 jobs, but Meta laid off 11,000 in November 2022",
  "Google's layoffs in January 2023 were not 12,000",
  "Google isn't cutting 12,000 jobs, Meta says",
  "Google cut 12,000 jobs in January 2023, but it didn't",
  "Google cut 12,000 jobs in January 2023 without layoffs",
  "It was not Google but Meta that cut 11,000 jobs in November 2022",
  "Not Google but Meta cut 11,000 jobs in November 2022",
  "Google, not Meta, cut 11,000 jobs in November 2022",
  "Meta, not Google, cut 11,000 jobs in November 2022",
  "Tech companies did not cut 10,000 jobs in 2023 but laid off 260,000",
  "US companies did not stop cutting in 2022 but laid off 180,101 in 2023",
  "Layoffs did not stop in 2023, but 75,000 people lost their jobs",
  "Meta did not lay off 11,000 people in November 2022, because Google laid off 12,000 in January 2023",
  "Meta hasn't laid off 11,000 because it needed money in November 2022",
  "Meta, which did not lay off anyone, cut 11,000 jobs in November 2022",
  "Google cut 12,000 jobs in January 2023, and that did not include contractors",
  "The 12,000 jobs Google cut in January 2023 did not include contractors",
  "Google would not confirm that it cut 12,000 jobs in January 2023",
  "Google cut 12,000 jobs in January 2023, none of them in Japan",
  "Google didn't cut 10,000 jobs in 2022, but Meta didn't cut 11,000 either",
  "Google cut jobs instead of 10,000 contractors",
  "Google and Meta did not cut 12,000 jobs in January 2023",
  "Google, which has never had mass layoffs, said on Friday that it cut 12,000 jobs in January 2023",
  "Google said it would not replace the 12,000 workers it laid off in January 2023",
  "Meta laid off 11,000 people in November 2022, contrary to reports it had not",
  "No company cut more than Google, which laid off 12,000 in January 2023",
  "Google laid off no fewer than 12,000 people in January 2023, but not one in Japan",
  "Intel didn't cut 15,000 in 2023 but in August 2024",
  "Tesla did not cut 10%, but 14,000 jobs in April 2024",
  "Meta has not laid off 11,000 people in January 2023 but did so in November 2022",
  "Google cut 12,000 jobs in January 2023 but said that was not enough",
  "Contrary to rumours, Google did not lay off 30,000 people but 12,000 in January 2023",
  "Google has not laid off 12,000 but 6% of its staff in January 2023",
  "Spotify never laid off 5,000 people, but 1,500 people lost their jobs there in December 2023",
];

describe("a sentence with a denial", () => {
  const told = (text: string) =>
    readClaims(text, market, NOW).claims.map((claim) => {
      const { verdict, measured } = findingOf(claim, { market });
      return [claim.text, verdict, measured];
    });
  it.each(APART.map(([text, ...claims]) => ({ text, claims })))(
    "is judged where it denies nothing: $text",
    ({ text, claims }) => {
      expect(told(text)).toEqual(claims);
    },
  );
  it.each(WHOLE)("is not judged where the denial may reach: %s", (text) => {
    expect(new Set(told(text).map(([, verdict]) => verdict))).toEqual(new Set(["cannot check"]));
  });
});
