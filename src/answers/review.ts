import { createHash } from "node:crypto";
import { Fault, cite } from "../fault.ts";
import type { UnsurePair, Verdict, Witness } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { Action, Reply, Words } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { plural } from "../reply/words.ts";

const LISTED = 8;
export const REVIEW_WORDS = ["same", "different", "confirm", "undo"] as const;
export type ReviewWord = (typeof REVIEW_WORDS)[number];

/** What is to be written down of a review; null takes back what was said. */
export type Judged = Pick<Verdict, "a" | "b"> & { readonly says: Verdict["says"] | null };

/** Everything a person may decide: pairs of reports that may be one event, and figures that one headline gives. */
export function reviewReply(market: Market): Reply {
  const { unsure, unconfirmed, verdicts } = market;
  const pairs = unsure.slice(0, LISTED);
  const alone = unconfirmed.slice(0, LISTED);
  return reply(
    unsure.length + unconfirmed.length === 0
      ? "Nothing waits for a person"
      : `${plural(unsure.length, "pair")} of reports may be one event; ${plural(unconfirmed.length, "figure")} ${unconfirmed.length === 1 ? "stands" : "stand"} on one headline`,
    {
      blocks: [
        {
          kind: "bullets",
          items: [
            ...pairs.map((pair): Words => [
              { code: pairId(pair) },
              ` ${witnessWords(pair.a)} — or the same as — ${witnessWords(pair.b)}`,
            ]),
            ...alone.map((witness): Words => [
              { code: reviewId(witness.key, null) },
              ` ${witnessWords(witness)}: “${witness.sentence ?? ""}”`,
            ]),
            ...verdicts
              .slice(-LISTED)
              .map((verdict): Words => [
                { code: reviewId(verdict.a, verdict.b) },
                ` ${verdict.says}: ${[verdict.a, verdict.b].filter((key) => key !== null).join(" and ")}`,
              ]),
          ],
        },
      ],
      actions: [
        ...pairs.slice(0, 2).flatMap((pair): Action[] => [
          { label: `${pairId(pair)} same`, run: `/sources review ${pairId(pair)} same` },
          { label: `${pairId(pair)} different`, run: `/sources review ${pairId(pair)} different` },
        ]),
        ...(alone[0] === undefined
          ? []
          : [
              {
                label: `${reviewId(alone[0].key, null)} confirm`,
                run: `/sources review ${reviewId(alone[0].key, null)} confirm`,
              },
            ]),
      ],
      figures: {
        unsure: unsure.length,
        unconfirmed: unconfirmed.length,
        decided: verdicts.length,
        items: pairs.map((pair) => ({ id: pairId(pair), a: pair.a.key, b: pair.b.key })),
      },
      notes: [
        "Reports of one event are joined by company, day and size; what is not sure waits here. Decided at the bot's own terminal: /sources review ID same, different, confirm or undo.",
      ],
    },
  );
}

/** What somebody decided, as it is to be written down. Throws a Fault (`not_found`, `bad_argument`) that says what would be right. */
export function judgedBy(market: Market, id: string, word: ReviewWord): Judged {
  if (word === "undo") {
    const verdict = market.verdicts.find(({ a, b }) => reviewId(a, b) === id);
    if (verdict === undefined) throw unknownId(id, "was decided");
    return { a: verdict.a, b: verdict.b, says: null };
  }
  if (word === "confirm") {
    const witness = market.unconfirmed.find(({ key }) => reviewId(key, null) === id);
    if (witness === undefined) throw unknownId(id, "waits to be confirmed");
    return { a: witness.key, b: null, says: "confirmed" };
  }
  const pair = market.unsure.find((each) => pairId(each) === id);
  if (pair === undefined) throw unknownId(id, "waits to be decided");
  return { a: pair.a.key, b: pair.b.key, says: word };
}

function unknownId(id: string, does: string): Fault {
  return new Fault(
    "not_found",
    `Nothing called ${cite(id)} ${does}.`,
    "The list names what does.",
    ["/sources review"],
  );
}

function pairId({ a, b }: UnsurePair): string {
  return reviewId(a.key, b.key);
}

/** A short name of a pair of reports, or of one, that stays. */
function reviewId(a: string, b: string | null): string {
  const name = b === null ? a : [a, b].sort().join("\n");
  return `q${createHash("sha256").update(name).digest("hex").slice(0, 5)}`;
}

function witnessWords({ company, announcedOn, people, percent, source }: Witness): string {
  const size =
    people === null
      ? percent === null
        ? "size not reported"
        : `${percent} % of staff`
      : plural(people, "person", "people");
  return `${company}, ${announcedOn}, ${size} (${source})`;
}
