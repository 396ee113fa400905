import { Fault, cite } from "../fault.ts";
import type { Company } from "../market/company.ts";
import type { Market } from "../market/market.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Watch } from "../stores/records.ts";
import { keysOf } from "../stores/tenant.ts";

const LONGEST = 30;
/** Words that mean a place or everybody where a set could be named. */
const RESERVED = ["me", "here", "everyone", "channel"];

/** A set's name as it is kept: `@BigTech` is `bigtech`. A Fault (`bad_argument`) says what a name may be. */
export function watchName(typed: string): string {
  const name = typed.replace(/^@/, "").toLowerCase();
  if (new RegExp(`^[a-z0-9-]{1,${LONGEST}}$`).test(name) && !RESERVED.includes(name)) return name;
  throw new Fault(
    "bad_argument",
    `${cite(typed)} cannot be the name of a watch set.`,
    RESERVED.includes(name)
      ? "That word means a place or people already."
      : `A name is up to ${LONGEST} of a–z, 0–9 and -.`,
    ["/watch add bigtech google,meta,amazon"],
  );
}

/** A tenant's watch sets by name. */
export function watchSets(book: Book, tenant: string): readonly Stored<Watch>[] {
  return book.list("watches", keysOf(tenant));
}

export function watchSet(book: Book, tenant: string, name: string): Stored<Watch> | undefined {
  return book.get("watches", keyOf(tenant, name));
}

/** The companies of a set as the market knows them today; one that facts no longer name keeps its own name. */
export function companiesOf({ companies }: Watch, market: Market): readonly Company[] {
  return companies.map((key) => market.companies.byKey(key) ?? market.companies.of(key));
}

/** How many rules and digests of a tenant speak of the set as `@name`. */
export function usesOf(book: Book, tenant: string, name: string): number {
  return usersOf(book, tenant, name).length;
}

/** The changes that make every rule and digest of a tenant speak of `@to` instead; what they mean stays as it is. */
export function renamedUses(
  book: Book,
  tenant: string,
  name: string,
  to: string,
): readonly Change[] {
  return usersOf(book, tenant, name).map((user): Change => {
    const { key, version } = user.stored;
    const expect = { version };
    return user.table === "rules"
      ? {
          table: "rules",
          key,
          value: { ...user.stored.value, text: renamed(user.stored.value.text, name, to) },
          expect,
        }
      : {
          table: "digests",
          key,
          value: { ...user.stored.value, filter: renamed(user.stored.value.filter, name, to) },
          expect,
        };
  });
}

function usersOf(book: Book, tenant: string, name: string) {
  return [
    ...book
      .list("rules", keysOf(tenant))
      .filter(({ value }) => speaksOf(value.text, name))
      .map((stored) => ({ table: "rules", stored }) as const),
    ...book
      .list("digests", keysOf(tenant))
      .filter(({ value }) => speaksOf(value.filter, name))
      .map((stored) => ({ table: "digests", stored }) as const),
  ];
}

const MENTION = /@([a-z0-9-]+)/gi;

function speaksOf(text: string, name: string): boolean {
  return [...text.matchAll(MENTION)].some(([, word]) => word?.toLowerCase() === name);
}

function renamed(text: string, name: string, to: string): string {
  return text.replace(MENTION, (mention, word: string) =>
    word.toLowerCase() === name ? `@${to}` : mention,
  );
}
