import type { Problem } from "./api-fault.ts";
import type { Json } from "./json.ts";
import { isGiven, isRecord, listOf, numberOf, recordOf, textOf } from "./json.ts";

/** https://docs.discord.com/developers/components/reference */
const TYPE = {
  row: 1,
  button: 2,
  select: 3,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
} as const;
const LEGACY_TOP: readonly number[] = [TYPE.row];
const INSIDE: readonly number[] = [
  TYPE.row,
  TYPE.section,
  TYPE.text,
  TYPE.gallery,
  TYPE.file,
  TYPE.separator,
];
const TOP: readonly number[] = [...INSIDE, TYPE.container];

export interface ComponentContext {
  readonly path: string;
  readonly isV2: boolean;
  /** Names of the files the message has, old and new. */
  readonly attached: readonly string[];
}

/** What Discord finds wrong with the components of a message. */
export function componentProblems(
  components: readonly unknown[],
  { path, isV2, attached }: ComponentContext,
): readonly Problem[] {
  const top = isV2 ? TOP : LEGACY_TOP;
  const problems: Problem[] = [];
  if (!isV2 && components.length > 5) problems.push({ path, code: "BASE_TYPE_MAX_LENGTH" });
  if (isV2 && countOf(components) > 40)
    problems.push({ path, code: "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED" });
  if (textsOf(components).join("").length > 4_000)
    problems.push({ path, code: "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED" });
  const ids = new Set<string>();
  for (const [index, component] of components.entries()) {
    problems.push(
      ...oneProblem(recordOf(component), { path: `${path}.${index}`, allowed: top, attached, ids }),
    );
  }
  return problems;
}

/** UTF-8 bytes of all text displays plus 12 each: past 10,170 Discord breaks instead of refusing. */
export function textBytes(components: readonly unknown[]): number {
  return textsOf(components).reduce((sum, text) => sum + Buffer.byteLength(text) + 12, 0);
}

/** All texts on show, in order. */
export function textsOf(components: readonly unknown[]): readonly string[] {
  return components.flatMap((component) => {
    const { type, content, components: inner } = recordOf(component);
    return type === TYPE.text ? [textOf(content) ?? ""] : textsOf(listOf(inner));
  });
}

/** Every component of one kind, nested ones too. */
export function componentsOf(
  components: readonly unknown[],
  kind: keyof typeof TYPE,
): readonly Json[] {
  return components.flatMap((component) => {
    const each = recordOf(component);
    return [
      ...(each.type === TYPE[kind] ? [each] : []),
      ...componentsOf(listOf(each.components), kind),
    ];
  });
}

function countOf(components: readonly unknown[]): number {
  return components.reduce<number>((sum, component) => {
    const { components: inner, accessory } = recordOf(component);
    return sum + 1 + countOf(listOf(inner)) + (isGiven(accessory) ? 1 : 0);
  }, 0);
}

interface Position {
  readonly path: string;
  readonly allowed: readonly number[];
  readonly attached: readonly string[];
  readonly ids: Set<string>;
}

function oneProblem(component: Json, position: Position): readonly Problem[] {
  const { path, allowed } = position;
  const type = numberOf(component.type);
  if (type === undefined || !allowed.includes(type))
    return [{ path: `${path}.type`, code: "UNION_TYPE_CHOICES" }];
  const inner = listOf(component.components);
  switch (type) {
    case TYPE.container:
      if (inner.length === 0) return [{ path: `${path}.components`, code: "BASE_TYPE_BAD_LENGTH" }];
      return inner.flatMap((each, index) =>
        oneProblem(recordOf(each), {
          ...position,
          path: `${path}.components.${index}`,
          allowed: INSIDE,
        }),
      );
    case TYPE.text:
      return lengthProblem(component.content, `${path}.content`, 4_000, 1);
    case TYPE.gallery:
      return galleryProblems(component, position);
    case TYPE.file:
      return mediaProblem(component.file, `${path}.file`, position.attached);
    case TYPE.section:
      return [
        ...(inner.length < 1 || inner.length > 3
          ? [{ path: `${path}.components`, code: "BASE_TYPE_BAD_LENGTH" }]
          : []),
        ...(isGiven(component.accessory)
          ? []
          : [{ path: `${path}.accessory`, code: "BASE_TYPE_REQUIRED" }]),
        ...inner.flatMap((each, index) =>
          oneProblem(recordOf(each), {
            ...position,
            path: `${path}.components.${index}`,
            allowed: [TYPE.text],
          }),
        ),
      ];
    case TYPE.row:
      return rowProblems(inner, position);
    default:
      return [];
  }
}

function rowProblems(inner: readonly unknown[], { path, ids }: Position): readonly Problem[] {
  if (inner.length < 1 || inner.length > 5)
    return [{ path: `${path}.components`, code: "BASE_TYPE_BAD_LENGTH" }];
  const types = inner.map((each) => recordOf(each).type);
  // A menu fills its row: whatever comes after it, or a menu after anything, is too wide.
  const tooWide = types.findIndex(
    (type, index) => index > 0 && (type === TYPE.select || types[index - 1] === TYPE.select),
  );
  if (tooWide > 0)
    return [{ path: `${path}.components.${tooWide}`, code: "COMPONENT_LAYOUT_WIDTH_EXCEEDED" }];
  return inner.flatMap((each, index) => {
    const control = recordOf(each);
    const at = `${path}.components.${index}`;
    if (control.type === TYPE.button) return buttonProblems(control, at, ids);
    if (control.type === TYPE.select) return selectProblems(control, at, ids);
    return [{ path: `${at}.type`, code: "UNION_TYPE_CHOICES" }];
  });
}

function buttonProblems(button: Json, path: string, ids: Set<string>): readonly Problem[] {
  const style = numberOf(button.style);
  if (style === undefined || style < 1 || style > 6)
    return [{ path: `${path}.style`, code: "BASE_TYPE_CHOICES" }];
  const label = isGiven(button.label) ? lengthProblem(button.label, `${path}.label`, 80) : [];
  if (style !== 5) return [...label, ...idProblems(button.custom_id, path, ids)];
  const url = textOf(button.url);
  if (url === undefined) return [...label, { path: `${path}.url`, code: "BASE_TYPE_REQUIRED" }];
  if (url.length > 512) return [...label, { path: `${path}.url`, code: "BASE_TYPE_MAX_LENGTH" }];
  return /^(https?|discord):\/\//.test(url)
    ? label
    : [...label, { path: `${path}.url`, code: "URL_TYPE_INVALID_SCHEME" }];
}

export function selectProblems(select: Json, path: string, ids: Set<string>): readonly Problem[] {
  const options = listOf(select.options);
  const problems = [...idProblems(select.custom_id, path, ids)];
  if (isGiven(select.placeholder))
    problems.push(...lengthProblem(select.placeholder, `${path}.placeholder`, 150));
  if (options.length < 1 || options.length > 25)
    problems.push({ path: `${path}.options`, code: "BASE_TYPE_BAD_LENGTH" });
  const values = new Set<unknown>();
  for (const [index, each] of options.entries()) {
    const { label, value, description } = recordOf(each);
    const at = `${path}.options.${index}`;
    if (values.has(value))
      problems.push({ path: at, code: "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED" });
    values.add(value);
    problems.push(
      ...lengthProblem(label, `${at}.label`, 100, 1),
      ...lengthProblem(value, `${at}.value`, 100, 1),
    );
    if (isGiven(description))
      problems.push(...lengthProblem(description, `${at}.description`, 100, 1));
  }
  return problems;
}

export function idProblems(id: unknown, path: string, ids: Set<string>): readonly Problem[] {
  const customId = textOf(id);
  if (customId === undefined) return [{ path: `${path}.custom_id`, code: "BASE_TYPE_REQUIRED" }];
  if (customId.length < 1 || customId.length > 100)
    return [{ path: `${path}.custom_id`, code: "BASE_TYPE_BAD_LENGTH" }];
  if (ids.has(customId))
    return [{ path: `${path}.custom_id`, code: "COMPONENT_CUSTOM_ID_DUPLICATED" }];
  ids.add(customId);
  return [];
}

function galleryProblems(gallery: Json, { path, attached }: Position): readonly Problem[] {
  const items = listOf(gallery.items);
  if (items.length < 1 || items.length > 10)
    return [{ path: `${path}.items`, code: "BASE_TYPE_BAD_LENGTH" }];
  return items.flatMap((each, index) => {
    const { media, description } = recordOf(each);
    const at = `${path}.items.${index}`;
    return [
      ...mediaProblem(media, `${at}.media`, attached),
      ...(isGiven(description) ? lengthProblem(description, `${at}.description`, 1_024) : []),
    ];
  });
}

function mediaProblem(
  media: unknown,
  path: string,
  attached: readonly string[],
): readonly Problem[] {
  const url = isRecord(media) ? textOf(media.url) : undefined;
  if (url === undefined) return [{ path: `${path}.url`, code: "BASE_TYPE_REQUIRED" }];
  if (/^https?:\/\//.test(url)) return [];
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  if (name === undefined) return [{ path: `${path}.url`, code: "URL_TYPE_INVALID_SCHEME" }];
  return attached.includes(name)
    ? []
    : [{ path: `${path}.url`, code: "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND" }];
}

/** A text that must be there when `min` says so, and within its length. */
export function lengthProblem(
  value: unknown,
  path: string,
  max: number,
  min = 0,
): readonly Problem[] {
  const text = textOf(value);
  if (text === undefined) return [{ path, code: "BASE_TYPE_REQUIRED" }];
  if (text.length < min) return [{ path, code: "BASE_TYPE_BAD_LENGTH" }];
  return text.length > max ? [{ path, code: "BASE_TYPE_MAX_LENGTH" }] : [];
}
