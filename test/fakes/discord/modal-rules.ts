import type { Problem } from "./api-fault.ts";
import { idProblems, lengthProblem, selectProblems } from "./component-rules.ts";
import type { Json } from "./json.ts";
import { isGiven, listOf, recordOf } from "./json.ts";

const TYPE = { select: 3, text: 4, label: 18 } as const;
const ROWS = 5;

/** What Discord finds wrong with a modal: https://docs.discord.com/developers/components/reference */
export function modalProblems(modal: Json): readonly Problem[] {
  const rows = listOf(modal.components);
  const ids = new Set<string>();
  return [
    ...lengthProblem(modal.custom_id, "data.custom_id", 100, 1),
    ...lengthProblem(modal.title, "data.title", 45, 1),
    ...(rows.length < 1 || rows.length > ROWS
      ? [{ path: "data.components", code: "BASE_TYPE_BAD_LENGTH" }]
      : []),
    ...rows.flatMap((row, index) => rowProblems(recordOf(row), `data.components.${index}`, ids)),
  ];
}

function rowProblems(row: Json, path: string, ids: Set<string>): readonly Problem[] {
  if (row.type !== TYPE.label) return [{ path: `${path}.type`, code: "UNION_TYPE_CHOICES" }];
  return [
    ...lengthProblem(row.label, `${path}.label`, 45, 1),
    ...(isGiven(row.description)
      ? lengthProblem(row.description, `${path}.description`, 100, 1)
      : []),
    ...controlProblems(recordOf(row.component), `${path}.component`, ids),
  ];
}

function controlProblems(control: Json, path: string, ids: Set<string>): readonly Problem[] {
  if (control.type === TYPE.select) {
    const picked = listOf(control.options).filter((each) => recordOf(each).default === true);
    return [
      ...selectProblems(control, path, ids),
      ...(picked.length > 1
        ? [{ path: `${path}.options`, code: "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES" }]
        : []),
    ];
  }
  if (control.type !== TYPE.text) return [{ path: `${path}.type`, code: "UNION_TYPE_CHOICES" }];
  return [
    ...idProblems(control.custom_id, path, ids),
    ...(control.style === 1 || control.style === 2
      ? []
      : [{ path: `${path}.style`, code: "BASE_TYPE_CHOICES" }]),
    ...(isGiven(control.value) ? lengthProblem(control.value, `${path}.value`, 4_000) : []),
  ];
}
