import { eventsTable, peopleCell, sourceCell } from "../answers/events-table.ts";
import type { Action, Block, Table } from "../reply/reply.ts";
import { count, list, longDay, percent, plural } from "../reply/words.ts";
import { lateDays } from "./new-fact.ts";
import type { LayoffFact, NewFact, NoticeFact, OutageFact, PostingFact } from "./new-fact.ts";
import type { EventName } from "./rule.ts";

const THINGS: Readonly<Record<EventName, readonly [one: string, many: string]>> = {
  layoff: ["layoff", "layoffs"],
  revision: ["change to a layoff", "changes to layoffs"],
  warn_notice: ["WARN notice", "WARN notices"],
  posting: ["posting", "postings"],
  source_down: ["source in trouble", "sources in trouble"],
};

/** "3 layoffs", "1 WARN notice", "2 changes to layoffs". */
export function thingsWords(event: EventName, number: number): string {
  return `${count(number)} ${thingName(event, number)}`;
}

/** The same without the number. */
export function thingName(event: EventName, number: number): string {
  const [one, many] = THINGS[event];
  return number === 1 ? one : many;
}

/** What a rule on an event waits for, for its card. */
export const TELLS_OF: Readonly<Record<EventName, string>> = {
  layoff: "each new layoff that fits",
  revision: "each changed or withdrawn layoff that fits",
  warn_notice: "each new WARN notice that fits",
  posting: "each posting that appears on a board and fits",
  source_down: "each source that goes stale, fails or is not believed, and when it is well again",
};

/** What has to be said of figures of a kind of event, wherever they are shown. */
export function eventNotes(event: EventName): readonly string[] {
  if (event === "warn_notice")
    return ["The news counts the same people as WARN notices, so they are never added to layoffs."];
  if (event === "posting") return ["Pay as posted: it is no pay anybody was paid."];
  return [];
}

/** "Northwind: 1,200 people (12 % of staff), announced 17 Mar 2024": one fact in a line. */
export function factSentence(fact: NewFact): string {
  switch (fact.event) {
    case "layoff":
    case "revision":
      return layoffSentence(fact);
    case "warn_notice":
      return noticeSentence(fact);
    case "posting":
      return postingSentence(fact);
    case "source_down":
      return outageSentence(fact);
  }
}

function layoffSentence(fact: LayoffFact): string {
  const { row, was, withdrawn } = fact;
  const size = sizeWords(row.people);
  const share = row.percent === null ? "" : ` (${percent(row.percent)} of staff)`;
  const told = `announced ${longDay(row.announcedOn)}${lateTail(fact)}`;
  if (withdrawn) return `${row.company}: no longer listed by its source (was ${size}), ${told}`;
  if (was === null || was.people === row.people) return `${row.company}: ${size}${share}, ${told}`;
  return `${row.company}: ${size}${share}, before ${was.people === null ? "not reported" : count(was.people)}, ${told}`;
}

function noticeSentence(fact: NoticeFact): string {
  const { notice, name } = fact;
  const closes = notice.kind === "closure" ? " of a closure" : "";
  const size = notice.people === null ? "how many not said" : sizeWords(notice.people);
  const effective =
    notice.effectiveOn === null
      ? "no effective day given"
      : `effective ${longDay(notice.effectiveOn)}`;
  const noticed = notice.noticedOn === null ? "" : `, noticed ${longDay(notice.noticedOn)}`;
  return `${name}: WARN notice${closes}, ${size} in ${placeWords(notice)}, ${effective}${noticed}${lateTail(fact)}`;
}

function postingSentence({ posting, name }: PostingFact): string {
  const where = posting.location === null ? "" : ` in ${posting.location}`;
  return `${name}: ${posting.title}${where}, ${payWords(posting)}`;
}

function outageSentence({ name, outage }: OutageFact): string {
  const state = { stale: "stale", failing: "failing", suspicious: "not believed" }[outage.state];
  const since =
    outage.lastGoodAt === null
      ? "never a good answer"
      : `last good answer ${longDay(outage.lastGoodAt.slice(0, 10))} ${outage.lastGoodAt.slice(11, 16)} UTC`;
  return `${name} is ${state}: ${outage.why} (${since})`;
}

/** What changed of a fact that was told. */
export function changeWords(
  fact: NewFact,
  { before, now, closes }: { before: number | null; now: number | null; closes: boolean },
): string {
  const said = fact.event === "posting" ? postedEnd(fact.posting) : sizeWords;
  if (fact.event === "source_down")
    return fact.withdrawn
      ? `${fact.name} is well again`
      : `In trouble again: ${factSentence(fact)}`;
  const ending = fact.withdrawn
    ? fact.event === "posting"
      ? "its board no longer lists it"
      : "its source no longer lists it"
    : closes
      ? "it no longer fits the rule"
      : "";
  const change = before === now ? "" : `${said(before)} was told, it is now ${said(now)}`;
  const changes = [change, ending].filter((part) => part !== "").join("; ");
  const what =
    fact.event === "posting"
      ? fact.posting.title
      : fact.event === "warn_notice"
        ? "WARN notice"
        : "";
  const day = fact.event === "posting" ? "" : longDay(fact.on);
  return `Correction: ${[fact.name, what, day].filter((part) => part !== "").join(", ")}: ${changes === "" ? "listed again" : changes}`;
}

function sizeWords(people: number | null): string {
  return people === null ? "size not reported" : plural(people, "person", "people");
}

function postedEnd({ currency }: PostingFact["posting"]): (max: number | null) => string {
  return (max) => (max === null ? "no pay posted" : `up to ${count(max)} ${currency ?? ""}`.trim());
}

function lateTail(fact: NewFact): string {
  const late = lateDays(fact);
  return late === null ? "" : `, learned ${plural(late, "day")} later`;
}

function placeWords({ place, state }: NoticeFact["notice"]): string {
  return [place, state].filter((part) => part !== null).join(", ");
}

const PER = { hour: "an hour", day: "a day", week: "a week", month: "a month", year: "a year" };

/** "180,000–240,000 USD a year", as it is posted; "no pay posted". */
function payWords({ min, max, currency, interval }: PostingFact["posting"]): string {
  if (min === null && max === null) return "no pay posted";
  const range =
    min === null
      ? `up to ${count(max!)}`
      : max === null
        ? `from ${count(min)}`
        : min === max
          ? count(min)
          : `${count(min)}–${count(max)}`;
  return [range, currency, interval === null ? null : PER[interval]]
    .filter((part) => part !== null)
    .join(" ");
}

/** "Northwind 1,200, Contoso 900 and Fabrikam (size not reported) (+4 more)": the largest by name. */
export function factsWords(facts: readonly NewFact[], most: number): string {
  const named = inOrder(facts).slice(0, most);
  const more = facts.length - named.length;
  return `${list(named.map(shortFact))}${more > 0 ? ` (+${count(more)} more)` : ""}`;
}

function shortFact(fact: NewFact): string {
  switch (fact.event) {
    case "layoff":
    case "revision":
      return `${fact.name} ${fact.size === null ? "(size not reported)" : count(fact.size)}`;
    case "warn_notice":
      return `${fact.name} ${fact.size === null ? "(how many not said)" : count(fact.size)}`;
    case "posting":
      return `${fact.posting.title} at ${fact.name}`;
    case "source_down":
      return fact.name;
  }
}

/** Facts as they are listed: by people, the most first; postings and sources by name. */
export function inOrder(facts: readonly NewFact[]): readonly NewFact[] {
  const people = (fact: NewFact) => fact.traits.people ?? -1;
  return facts.toSorted(
    (a, b) => people(b) - people(a) || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0),
  );
}

function nameOf(fact: NewFact): string {
  return fact.event === "posting" ? `${fact.name}\n${fact.posting.title}` : fact.name;
}

/** The facts of one kind of event as a table or a list, of `total` in all. */
export function factsBlock(facts: readonly NewFact[], total: number): Block {
  const layoffs = facts.flatMap((fact) => (fact.event === "layoff" ? [fact.row] : []));
  if (layoffs.length > 0) return eventsTable(layoffs, total, "The layoffs this rule found");
  const notices = facts.flatMap((fact) => (fact.event === "warn_notice" ? [fact] : []));
  if (notices.length > 0) return noticesTable(notices, total, "The WARN notices this rule found");
  const postings = facts.flatMap((fact) => (fact.event === "posting" ? [fact] : []));
  if (postings.length > 0) return postingsTable(postings, total, "The postings this rule found");
  return { kind: "bullets", items: facts.map(factSentence) };
}

/** One fact as it stands after a change; nothing of one that is gone. */
export function standingFact(fact: NewFact): readonly Block[] {
  if (fact.withdrawn) return [];
  switch (fact.event) {
    case "layoff":
    case "revision":
      return [eventsTable([fact.row], 1, "The layoff as it now stands")];
    case "warn_notice":
      return [noticesTable([fact], 1, "The notice as it now stands")];
    case "posting":
      return [postingsTable([fact], 1, "The posting as it now stands")];
    case "source_down":
      return [];
  }
}

function noticesTable(facts: readonly NoticeFact[], total: number, caption: string): Table {
  return {
    kind: "table",
    caption,
    columns: [
      { title: "Noticed", align: "left" },
      { title: "Employer", align: "left" },
      { title: "People", align: "right" },
      { title: "Where", align: "left" },
      { title: "Effective", align: "left" },
      { title: "Source", align: "left" },
      { title: "Learned", align: "left" },
    ],
    rows: facts.map(({ notice, learnedOn }) => [
      notice.noticedOn ?? "–",
      notice.company,
      peopleCell(notice.people),
      placeWords(notice),
      notice.effectiveOn ?? "–",
      notice.url === null ? notice.source : sourceCell(notice.url),
      learnedOn,
    ]),
    more: total - facts.length,
  };
}

function postingsTable(facts: readonly PostingFact[], total: number, caption: string): Table {
  return {
    kind: "table",
    caption,
    columns: [
      { title: "Company", align: "left" },
      { title: "Job", align: "left" },
      { title: "Pay as posted", align: "left" },
      { title: "Where", align: "left" },
      { title: "Posted", align: "left" },
      { title: "Source", align: "left" },
    ],
    rows: facts.map(({ posting, name }) => [
      name,
      posting.title,
      payWords(posting),
      posting.location ?? posting.country ?? "–",
      posting.postedOn ?? "–",
      posting.url === null ? posting.publisher : sourceCell(posting.url),
    ]),
    more: total - facts.length,
  };
}

/** Where more is to be read about a fact. */
export function factAction(fact: NewFact): Action {
  const name = fact.name.replaceAll('"', "");
  switch (fact.event) {
    case "layoff":
    case "revision":
      return { label: fact.name, run: `/layoffs "${name}"` };
    case "warn_notice":
      return { label: `Notices in ${fact.notice.state}`, run: `/upcoming ${fact.notice.state}` };
    case "posting":
      return { label: "Posted pay", run: `/top pay company:"${name}"` };
    case "source_down":
      return { label: "Sources", run: "/sources" };
  }
}
