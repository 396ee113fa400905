import { listOf, recordOf, textOf } from "../discord/json.ts";
import type { Problem } from "./api-fault.ts";
import { dataTable, dataVisualization, table, tableProblems } from "./data-rules.ts";
import { accessory, anyText, control, input, plainText, richText } from "./element-rules.ts";
import type { Rule } from "./shapes.ts";
import { both, list, problem, shape, text, truth, typed, union } from "./shapes.ts";

export type Surface = "message" | "home" | "modal";

export interface Look {
  readonly surface: Surface;
  readonly isFileReady: (id: string) => boolean;
}

const BLOCKS = { message: 50, home: 100, modal: 100 } as const;
const CHARTS = 2;
/** Over all markdown blocks of a message. */
const MARKDOWN = 12_000;

/** What a surface does not show. */
const ELSEWHERE: Readonly<Record<Surface, readonly string[]>> = {
  message: ["alert"],
  home: ["alert", "data_visualization", "markdown"],
  modal: ["data_visualization", "markdown", "table", "data_table", "container"],
};

/**
 * Everything Slack finds wrong in blocks, in order; none when it takes them.
 * https://docs.slack.dev/reference/block-kit/blocks
 */
export function blockProblems(blocks: readonly unknown[], look: Look): readonly Problem[] {
  const rules = Object.entries(blockRules(look)).filter(
    ([type]) => !ELSEWHERE[look.surface].includes(type),
  );
  const each = typed(Object.fromEntries(rules));
  const problems = list(each, BLOCKS[look.surface], 0)(blocks, "/blocks");
  return problems.length > 0
    ? problems
    : [
        ...repeated(blocks, "block_id", "/blocks"),
        ...blocks.flatMap((block, index) =>
          repeated(listOf(recordOf(block).elements), "action_id", `/blocks/${index}/elements`),
        ),
        ...tooManyCharts(blocks),
        ...tooMuchMarkdown(blocks),
        ...tableProblems(blocks),
      ];
}

function blockRules({ isFileReady }: Look): Readonly<Record<string, Rule>> {
  const image = imageRule(isFileReady);
  return {
    header: block({ text: plainText(150) }),
    divider: block({}),
    section: both(
      block(
        {},
        {
          text: anyText(3_000),
          fields: list(anyText(2_000), 10),
          accessory: accessory(image({})),
          expand: truth,
        },
      ),
      hasWords,
    ),
    context: block({ elements: list(contextElement(image({})), 10) }),
    actions: block({ elements: list(control, 25) }),
    image: image({ title: plainText(2_000), block_id: text(255) }),
    markdown: block({ text: text(MARKDOWN) }),
    rich_text: richText,
    input: block(
      { label: plainText(2_000), element: input },
      { hint: plainText(2_000), optional: truth, dispatch_action: truth },
    ),
    alert: block({ text: anyText(200) }, { level: text(20) }),
    table,
    data_table: dataTable,
    data_visualization: dataVisualization,
  };
}

function block(
  required: Readonly<Record<string, Rule>>,
  optional: Readonly<Record<string, Rule>> = {},
): Rule {
  return shape(required, { block_id: text(255), ...optional });
}

const hasWords: Rule = (value, at) => {
  const { text: words, fields } = recordOf(value);
  return words === undefined && fields === undefined
    ? [problem("missing required field: text", at)]
    : [];
};

function contextElement(image: Rule): Rule {
  return union({
    image,
    plain_text: plainText(Number.POSITIVE_INFINITY),
    mrkdwn: shape({ text: text(Number.POSITIVE_INFINITY) }, { verbatim: truth }),
  });
}

/** A picture is on the open web or one of Slack's own files that it has looked through. */
function imageRule(isFileReady: Look["isFileReady"]) {
  const slackFile = both(
    shape({}, { id: text(255, { pattern: /^[F][A-Z0-9]{8,}$/ }), url: text(3_000) }),
    (value, at) => {
      const { id, url } = recordOf(value);
      const named = textOf(id) ?? /-(F[A-Z0-9]+)\//.exec(textOf(url) ?? "")?.[1] ?? "";
      return isFileReady(named) ? [] : [problem("invalid slack file", at)];
    },
  );
  const imageUrl = both(text(3_000), (value, at) =>
    isOnOpenWeb(textOf(value) ?? "") ? [] : [problem("downloading image failed", at)],
  );
  return (more: Readonly<Record<string, Rule>>): Rule =>
    both(
      shape({ alt_text: text(2_000) }, { image_url: imageUrl, slack_file: slackFile, ...more }),
      (value, at) => {
        const { image_url, slack_file } = recordOf(value);
        return image_url === undefined && slack_file === undefined
          ? [problem("missing required field: image_url", at)]
          : [];
      },
    );
}

const PRIVATE_HOST =
  /^(localhost|\[.*\]|0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|\.(local|internal|localhost|test)$/;

function isOnOpenWeb(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && hostname.includes(".") && !PRIVATE_HOST.test(hostname);
}

function repeated(
  items: readonly unknown[],
  name: "block_id" | "action_id",
  at: string,
): readonly Problem[] {
  const ids = items.map((each) => recordOf(each)[name]);
  return ids.flatMap((id, index) =>
    typeof id === "string" && ids.indexOf(id) !== index
      ? [problem(`'${name}' "${id}" already exists`, `${at}/${index}/${name}`)]
      : [],
  );
}

function tooManyCharts(blocks: readonly unknown[]): readonly Problem[] {
  const places = blocks.flatMap((each, index) =>
    recordOf(each).type === "data_visualization" ? [index] : [],
  );
  const over = places[CHARTS];
  return over === undefined
    ? []
    : [problem(`no more than ${CHARTS} data_visualization blocks allowed`, `/blocks/${over}`)];
}

function tooMuchMarkdown(blocks: readonly unknown[]): readonly Problem[] {
  let total = 0;
  for (const [index, each] of blocks.entries()) {
    const { type, text: words } = recordOf(each);
    if (type === "markdown") total += textOf(words)?.length ?? 0;
    if (total > MARKDOWN)
      return [
        problem(
          `markdown blocks must total less than ${MARKDOWN + 1} characters`,
          `/blocks/${index}`,
        ),
      ];
  }
  return [];
}
