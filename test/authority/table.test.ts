import { describe, expect, it } from "vitest";
import { may, requireMay } from "../../src/authority/may.ts";
import type { Managers } from "../../src/authority/settings.ts";
import { ACTS, PLACES } from "../../src/authority/table.ts";
import type { Act, PlaceKind } from "../../src/authority/table.ts";
import type { Caller, Standing } from "../../src/command/bot.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { literal } from "./hand-table.ts";

const nothing: Standing = { admin: false, manager: false, outsider: false, roles: [] };
/** Every standing a request can speak for, and the column it belongs in. */
const PEOPLE: readonly {
  readonly says: string;
  readonly column: 0 | 1 | 2 | 3;
  readonly id?: string;
  readonly standing: Standing | undefined;
}[] = [
  { says: "nothing known", column: 2, standing: undefined },
  { says: "member", column: 2, standing: nothing },
  { says: "member with the role", column: 2, standing: { ...nothing, roles: ["R1", "R2"] } },
  { says: "member who is named", column: 2, id: "U7", standing: nothing },
  { says: "manager", column: 1, standing: { ...nothing, manager: true } },
  { says: "admin", column: 0, standing: { ...nothing, admin: true } },
  { says: "admin and manager", column: 0, standing: { ...nothing, admin: true, manager: true } },
  { says: "outsider", column: 3, standing: { ...nothing, outsider: true } },
  {
    says: "somebody's admin from outside, named and with the role",
    column: 3,
    id: "U7",
    standing: { admin: true, manager: true, outsider: true, roles: ["R1"] },
  },
];
const MANAGERS: readonly Managers[] = ["anyone", "admins", [], ["R1"], ["U7", "R9"]];
const TENANTS = ["slack:T1", "discord:1", "discord:dm:U7", "local"] as const;

/** What the hand-written table wants: y, n or e. */
function wanted(
  act: Act,
  tenant: (typeof TENANTS)[number],
  place: PlaceKind,
  person: (typeof PEOPLE)[number],
  managers: Managers,
): string {
  if (tenant === "local") return act === "operate" && place !== "terminal" ? "e" : "y";
  if (place === "terminal" || place === "page") return "n";
  const column = tenant === "discord:dm:U7" ? 0 : person.column;
  const letter = literal.get(`${act} ${tenant.slice(0, tenant.indexOf(":"))}-${place}`)![column]!;
  if (letter !== "s") return letter;
  if (managers === "anyone") return "y";
  if (managers === "admins") return "n";
  const isNamed = managers.includes(person.id ?? "U1");
  const hasRole = (person.standing?.roles ?? []).some((role) => managers.includes(role));
  return column === 1 || isNamed || hasRole ? "y" : "n";
}

const REASONS = { not_allowed: "n", wrong_place: "e" } as const;

it("every act, tenant, place, person and setting gets what the table says", () => {
  const cells = ACTS.flatMap((act) =>
    TENANTS.flatMap((tenant) =>
      PLACES.flatMap((kind) =>
        PEOPLE.flatMap((person) =>
          MANAGERS.map((managers) => ({ act, tenant, kind, person, managers })),
        ),
      ),
    ),
  );
  const deviations = cells.filter(({ act, tenant, kind, person, managers }) => {
    const caller: Caller = {
      id: person.id ?? "U1",
      tenant,
      ...(person.standing && { standing: person.standing }),
    };
    const permission = may(act, caller, { kind, id: "C1" }, managers);
    const got = permission.allowed ? "y" : REASONS[permission.reason];
    return got !== wanted(act, tenant, kind, person, managers);
  });
  console.info(`permissions: ${cells.length} cells, ${deviations.length} deviations`);
  expect(deviations).toEqual([]);
  expect(cells).toHaveLength(14 * 4 * 4 * 9 * 5);
  expect(literal.size).toBe(ACTS.length * 4);
});

describe("a refusal", () => {
  const refusals = ACTS.flatMap((act) =>
    PLACES.flatMap((kind) =>
      PEOPLE.flatMap((person) =>
        MANAGERS.map((managers) =>
          may(
            act,
            {
              id: "U1",
              tenant: "slack:T1",
              ...(person.standing && { standing: person.standing }),
            },
            { kind, id: "C1" },
            managers,
          ),
        ),
      ),
    ),
  ).filter((permission) => !permission.allowed);
  it("is a whole sentence of at most 300 characters that names nobody", () => {
    expect(refusals.length).toBeGreaterThan(100);
    for (const { says, right } of refusals) {
      expect(says).toMatch(/^[A-Z].*\.$/);
      expect(`${says} ${right}`.length).toBeLessThanOrEqual(300);
      expect(`${says} ${right}`).not.toMatch(/U1|U7|R1|C1|T1/);
    }
  });
  it("is thrown with its reason, by the setting that holds in that channel", async () => {
    const book = memoryBook();
    const member = { id: "U1", tenant: "slack:T1", standing: nothing };
    const at = (id: string) => ({ book, caller: member, place: { kind: "channel", id } as const });
    await book.commit([
      {
        table: "settings",
        key: "slack:T1|channel|C1",
        value: { tenant: "slack:T1", scope: "channel", id: "C1", managers: "admins", changedAt: 1 },
      },
    ]);
    expect(() => requireMay("subscribe-channel", at("C1"))).toThrow(
      expect.objectContaining({ reason: "not_allowed" }),
    );
    expect(() => requireMay("subscribe-channel", at("C2"))).not.toThrow();
    expect(() =>
      requireMay("subscribe-channel", { ...at("D1"), place: { kind: "dm", id: "D1" } }),
    ).toThrow(expect.objectContaining({ reason: "wrong_place" }));
  });
});
