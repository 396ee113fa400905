import { z } from "zod";
import { judgedBy, REVIEW_WORDS, reviewReply } from "../src/answers/review.ts";
import type { ReviewWord } from "../src/answers/review.ts";
import { authorise } from "../src/authority/change.ts";
import { choice, words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { commonArgs } from "../src/command/filter-args.ts";
import { Fault, cite } from "../src/fault.ts";
import { daysBetween } from "../src/market/calendar.ts";
import { sourceState } from "../src/market/source-health.ts";
import type { SourceStanding } from "../src/market/source-health.ts";
import { revisions } from "../src/market/revisions.ts";
import type { Block, Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { age, count, longDay, plural } from "../src/reply/words.ts";
import { oneStanding, standingBlocks } from "./sources/standings.ts";

const VIEWS = ["status", "licences", "changes", "review"] as const;

export const sources = defineCommand({
  name: "sources",
  summary: "Who says so: every source with its age, rows, licence and gaps",
  args: z.object({
    what: words(
      "status, licences, the latest changes of known values, what waits for a person's word (review), or a source's id",
      { choices: VIEWS },
    ),
    id: words("One source that is asked by itself, by its id; for review what is decided", {
      example: "warn-bln",
    }),
    says: choice("For review: what is decided", REVIEW_WORDS),
    share: commonArgs.share,
  }),
  bare: ["what", "id", "says"],
  examples: ["/sources", "/sources licences", "/sources changes", "/sources review"],
  run: async ({ what, id, says }, context) => {
    if (what?.toLowerCase() === "review") return reviewed(id, says, context);
    const standings = await context.standings();
    const view = VIEWS.find((each) => each === (what ?? "status").toLowerCase());
    // On Discord the choices are a closed list, so an id has a word of its own there.
    const wanted = id ?? (view === undefined ? what : undefined);
    if (wanted !== undefined) return oneStanding(standings, wanted, context.now);
    const blocks =
      view === "licences"
        ? licences(context, standings)
        : view === "changes"
          ? changes(context)
          : [...status(context), ...standingBlocks(standings, context.now)];
    return reply(
      `${plural(context.market.sources.length, "source")}; layoff facts as of ${longDay(context.market.listedTo)}${context.market.sample ? " (bundled sample)" : ""}`,
      {
        blocks,
        figures: {
          sources: context.market.sources.map(({ id, rows, asOfOn, licence, sample }) => ({
            id,
            rows,
            asOfOn,
            licence,
            sample,
          })),
          asked: standings.map((standing) => ({
            id: standing.id,
            state: sourceState(standing, context.now),
            ...standing.health,
          })),
        },
        notes: ["Import a newer export: npm run -s import -- FILE"],
        actions: VIEWS.filter((other) => other !== view).map((other) => ({
          label: LABELS[other],
          run: `/sources ${other}`,
        })),
      },
    );
  },
});

const LABELS = {
  status: "Status",
  licences: "Licences",
  changes: "Changes",
  review: "Review",
} as const;

/** What waits for a person's word, or the word itself: facts are everybody's, so it is the operator's to say. */
async function reviewed(
  id: string | undefined,
  says: ReviewWord | undefined,
  context: Context,
): Promise<Reply> {
  if (id === undefined) return reviewReply(context.market);
  if (says === undefined)
    throw new Fault(
      "missing_argument",
      `What is ${cite(id)}?`,
      "It is same, different, confirm or undo.",
      [`/sources review ${id} same`, `/sources review ${id} different`],
    );
  await authorise(context, "operate", "review");
  const judged = judgedBy(context.market, id, says);
  await context.judge(judged);
  return reply(
    judged.says === null
      ? "Taken back. It is decided by the rules again."
      : `Noted: ${judged.says}.`,
    {
      blocks: [
        { kind: "text", words: [judged.a, ...(judged.b === null ? [] : [" and ", judged.b])] },
      ],
      figures: { says: judged.says, a: judged.a, b: judged.b },
      actions: [
        { label: "What else waits", run: "/sources review" },
        ...(judged.says === null ? [] : [{ label: "Undo", run: `/sources review ${id} undo` }]),
      ],
    },
  );
}

function status({ market, today }: Context): Block[] {
  return [
    {
      kind: "table",
      caption: "Sources and how old they are",
      columns: [
        { title: "Source", align: "left" },
        { title: "Rows", align: "right" },
        { title: "As of", align: "left" },
        { title: "Age", align: "left" },
      ],
      rows: market.sources.map((source) => [
        `${source.publisher}: ${source.title}${source.sample ? " (sample)" : ""}`,
        { text: count(source.rows), value: source.rows },
        source.asOfOn,
        age(daysBetween(source.asOfOn, today)),
      ]),
      more: 0,
    },
    {
      kind: "bullets",
      items: market.sources
        .filter((source) => source.gaps !== "")
        .map((source) => [{ bold: `${source.publisher}: ` }, source.gaps]),
    },
  ];
}

function licences({ market }: Context, standings: readonly SourceStanding[]): Block[] {
  const told = new Set(market.sources.map(({ id }) => id));
  const attributions = new Map(standings.map(({ id, attribution }) => [id, attribution]));
  const asked = standings.filter(({ id, health }) => health !== null && !told.has(id));
  return [
    {
      kind: "bullets",
      items: [...market.sources, ...asked].map(({ id, publisher, title, licence, url }) => [
        { bold: `${publisher}, ${title}: ` },
        [licence, attributions.get(id)].filter(Boolean).join(" · "),
        ...(url === null ? [] : [" · ", { link: url, text: url.replace(/^https?:\/\//, "") }]),
      ]),
    },
  ];
}

function changes({ market }: Context): Block[] {
  const found = revisions(market, 20);
  if (found.total === 0)
    return [
      {
        kind: "text",
        words:
          "No known value has changed since it was first read. Importing a newer export shows what the tracker edited.",
      },
    ];
  return [
    {
      kind: "table",
      caption: "Values that changed after they were first read, newest first",
      columns: [
        { title: "Changed", align: "left" },
        { title: "Company", align: "left" },
        { title: "Event", align: "left" },
        { title: "What", align: "left" },
      ],
      rows: found.changes.map((change) => [
        change.changedOn,
        change.company,
        change.announcedOn,
        change.what,
      ]),
      more: found.total - found.changes.length,
    },
  ];
}
