import { Fault } from "../fault.ts";
import { isDuration, numberOf, readDays } from "./amounts.ts";
import { MEASURED, METRIC_FORMS } from "./metric-forms.ts";
import type { MetricForm } from "./metric-forms.ts";
import { readFilter } from "./parse-filter.ts";
import type { Reader } from "./reader.ts";
import type { Filter, Metric } from "./rule.ts";

/** The shortest rule that says everything. */
export const EXAMPLE = "when people(7d) > 10000 notify #market";

/** What a when-rule watches. */
export interface Subject {
  readonly metric: Metric;
  /** What stood in the brackets of a count: `people(7d, country=US)` is `people(7d) where country = US`. */
  readonly given: Filter | null;
}

/** `> 500`: the most usual slip. */
export function withoutSubject(reader: Reader, before: string): Fault {
  const token = reader.peek();
  return reader.fault(
    token,
    "What should be compared is missing before this.",
    `Name what is counted and over how long: ${EXAMPLE}`,
    `${before}people(7d) ${token.text}`,
  );
}

/** What stands between the parentheses of a figure, as far as it is read. */
interface Draft {
  windowDays: number | null;
  argument: string | null;
  readonly dimensions: Record<string, string>;
}

/** `people(7d)`, `share_over(500, 30d)`, `salary(p50, role=ai-engineer, quarter)`. */
export function readMetric(reader: Reader): Subject {
  if (reader.peek().kind === "mark") throw withoutSubject(reader, "");
  const name = reader.oneOf(MEASURED, "A figure", EXAMPLE);
  const form = METRIC_FORMS[name];
  const draft: Draft = { windowDays: null, argument: null, dimensions: {} };
  const filters: Filter[] = [];
  const place = reader.peek();
  if (reader.takeMark("(") !== undefined) {
    do readArgument(reader, form, draft, filters);
    while (reader.takeMark(",") !== undefined);
    reader.mustMark(")", form.example);
  }
  if (form.window === "must" && draft.windowDays === null)
    throw reader.fault(
      place,
      `${name} needs the days it is counted over.`,
      `For example: ${form.example}`,
    );
  if (form.argument !== undefined && draft.argument === null)
    throw reader.fault(
      place,
      `${name} needs ${form.argument.name}.`,
      `For example: ${form.example}`,
    );
  const [first = null] = filters;
  return {
    metric: { name, ...draft },
    given: filters.length > 1 ? { kind: "and", parts: filters } : first,
  };
}

function readArgument(reader: Reader, form: MetricForm, draft: Draft, filters: Filter[]): void {
  const token = reader.peek();
  const { argument, window } = form;
  if (window !== "none") reader.hint("7d", "30d");
  if (
    window !== "none" &&
    draft.windowDays === null &&
    token.kind === "word" &&
    isDuration(token.text)
  ) {
    draft.windowDays = readDays(reader, form.example, 3_660);
    return;
  }
  if (argument !== undefined && draft.argument === null) {
    reader.hint(...argument.samples);
    const said = token.kind === "word" ? argument.read(token.text.toLowerCase()) : undefined;
    if (said === undefined)
      throw reader.fault(token, `Here stands ${argument.name}.`, `For example: ${form.example}`);
    reader.next();
    draft.argument = said;
    return;
  }
  if (form.dimensions.length === 0) {
    if (token.kind === "word" && numberOf(token.text) === undefined) {
      filters.push(readFilter(reader));
      return;
    }
    throw reader.fault(
      token,
      "Here stands a length of time in days.",
      `For example: ${form.example}`,
    );
  }
  const dimension = reader.oneOf(form.dimensions, "A dimension", form.example);
  if (Object.hasOwn(draft.dimensions, dimension))
    throw reader.fault(token, `${dimension} is given twice.`, `For example: ${form.example}`);
  draft.dimensions[dimension] = readDimension(reader, dimension, form);
}

function readDimension(reader: Reader, dimension: string, form: MetricForm): string {
  if (dimension === "quarter" && reader.peek().text !== "=") return "";
  reader.mustMark("=", form.example);
  const value = reader.peek();
  if ((value.kind !== "word" && value.kind !== "quoted") || value.text.trim() === "")
    throw reader.fault(value, `The ${dimension} is missing here.`, `For example: ${form.example}`);
  reader.next();
  return value.text.trim();
}
