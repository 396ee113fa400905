import { cite } from "../fault.ts";
import { readNumber, readOperator } from "./amounts.ts";
import type { Scale } from "./amounts.ts";
import type { Reader } from "./reader.ts";
import { FIELDS } from "./rule.ts";
import type { Field, Filter } from "./rule.ts";

const EXAMPLE = "where company in @bigtech and (people >= 500 or percent >= 10) and country = US";

const SIZES: Readonly<Record<"people" | "percent", Scale>> = {
  people: {
    unit: "people",
    percent: "never",
    least: 0,
    most: 10_000_000,
    example: "on layoff where people >= 500",
  },
  percent: {
    unit: "percent of staff",
    percent: "may",
    least: 0,
    most: 100,
    example: "on layoff where percent >= 10",
  },
};

/** What people also call a field. */
const OTHER_NAMES: Readonly<Record<string, Field>> = {
  industry: "sector",
  size: "people",
  funding: "stage",
};

/** `a = x and (b in (y, z) or not c = w)`; `and` binds closer than `or`. */
export function readFilter(reader: Reader): Filter {
  return joined(reader, "or", () => joined(reader, "and", () => readPart(reader)));
}

function joined(reader: Reader, kind: "and" | "or", read: () => Filter): Filter {
  const parts = [read()];
  while (reader.take(kind)) parts.push(read());
  return parts.length === 1 ? parts[0]! : { kind, parts };
}

function readPart(reader: Reader): Filter {
  if (reader.take("not")) return { kind: "not", part: readPart(reader) };
  if (reader.takeMark("(") !== undefined) {
    const inside = readFilter(reader);
    reader.mustMark(")", EXAMPLE);
    return inside;
  }
  const token = reader.peek();
  if (token.kind === "target" && token.text.startsWith("@")) {
    reader.next();
    return { kind: "in-watch", field: "company", watch: token.text.slice(1) };
  }
  return readTest(reader, readField(reader));
}

function readField(reader: Reader): Field {
  const { kind, text } = reader.peek();
  const other = kind === "word" ? OTHER_NAMES[text.toLowerCase()] : undefined;
  if (other !== undefined) {
    reader.next();
    return other;
  }
  return reader.oneOf(FIELDS, "A field", EXAMPLE);
}

function readTest(reader: Reader, field: Field): Filter {
  if (field === "people" || field === "percent") return readSize(reader, field);
  const not = reader.is("not");
  if (not) reader.next();
  if (reader.take("in")) return turned(not, readSet(reader, field));
  if (not)
    throw reader.fault(
      reader.peek(),
      "After not, the word in is missing.",
      `For example: ${field} not in (a, b)`,
    );
  const sign = reader.peek();
  const mark = reader.takeMark("=", "==", "!=");
  if (mark === undefined && !reader.take("is"))
    throw reader.fault(
      sign,
      `${field} is a name: it takes =, != or in.`,
      `Only people and percent are compared with > and <. For example: ${field} = ${sampleOf(field)}`,
    );
  return turned(
    mark === "!=",
    readWatch(reader, field) ?? { kind: "is", field, values: [readValue(reader, field)] },
  );
}

function readSize(reader: Reader, field: "people" | "percent"): Filter {
  const operator = readOperator(reader);
  if (operator === undefined)
    throw reader.fault(
      reader.peek(),
      `${field} takes a comparison: >, >=, <, <= or =.`,
      `For example: ${SIZES[field].example}`,
    );
  return {
    kind: "compare",
    field,
    comparison: { operator, value: readNumber(reader, SIZES[field], operator) },
  };
}

function readSet(reader: Reader, field: Field): Filter {
  const watch = readWatch(reader, field);
  if (watch !== undefined) return watch;
  const example = `${field} in (${sampleOf(field)}, …)`;
  reader.mustMark("(", example);
  const values = [readValue(reader, field)];
  while (reader.takeMark(",") !== undefined) values.push(readValue(reader, field));
  reader.mustMark(")", example);
  return { kind: "is", field, values };
}

function readWatch(reader: Reader, field: Field): Filter | undefined {
  const token = reader.peek();
  if (field === "company" || field === "parent") reader.hint("@bigtech");
  if (token.kind !== "target") return undefined;
  if ((field !== "company" && field !== "parent") || !token.text.startsWith("@"))
    throw reader.fault(
      token,
      `${cite(token.text)} is no ${field}.`,
      `A watch set such as @bigtech holds companies: company in @bigtech.`,
    );
  reader.next();
  return { kind: "in-watch", field, watch: token.text.slice(1) };
}

function readValue(reader: Reader, field: Field): string {
  const token = reader.peek();
  reader.hint(sampleOf(field));
  if ((token.kind !== "word" && token.kind !== "quoted") || token.text.trim() === "")
    throw reader.fault(
      token,
      `The ${field} is missing here.`,
      `For example: ${field} = ${sampleOf(field)}`,
    );
  reader.next();
  const after = reader.peek();
  if (token.kind === "word" && after.kind === "word" && /^\p{Lu}/u.test(after.text)) {
    const both = `"${token.text} ${after.text}"`;
    throw reader.fault(
      { ...token, end: after.end },
      "A name of several words stands in quotes.",
      `Write ${field} = ${both}.`,
      both,
    );
  }
  return token.text.trim();
}

function turned(not: boolean, part: Filter): Filter {
  return not ? { kind: "not", part } : part;
}

const SAMPLES: Readonly<Partial<Record<Field, string>>> = {
  company: "Google",
  parent: "Alphabet",
  sector: "Finance",
  country: "US",
  state: "CA",
  stage: "Post-IPO",
  reason: "AI",
  role: "ai-engineer",
  level: "senior",
  source: "warn:CA",
};

function sampleOf(field: Field): string {
  return SAMPLES[field] ?? "500";
}
