import { ruleCard, standing } from "../../src/alerts/say-rule.ts";
import type { Context } from "../../src/command/define.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { reply } from "../../src/reply/reply.ts";
import { plural } from "../../src/reply/words.ts";
import type { Stored } from "../../src/stores/book.ts";
import type { Rule } from "../../src/stores/records.ts";
import { messagesOf, specOf, stateOf, visible } from "./rules.ts";

/** The rules here and the asker's own. */
export function listed(context: Context): Reply {
  const rules = visible(context);
  if (rules.length === 0) {
    return reply("No alert is set here yet.", {
      blocks: [
        {
          kind: "text",
          words: [
            "Make one: ",
            { code: "/alert new when people(7d) > 10000 clear < 5000 notify me" },
          ],
        },
      ],
      figures: { rules: [] },
      actions: [
        { label: "Build one", run: "/alert build", style: "primary" },
        {
          label: "Try it on the past",
          run: "/alert backtest when people(7d) > 10000 clear < 5000",
        },
      ],
    });
  }
  return reply(`${plural(rules.length, "alert")} here`, {
    blocks: [
      {
        kind: "table",
        caption: "Alert rules",
        columns: [
          { title: "Id", align: "left" },
          { title: "Rule", align: "left" },
          { title: "Stands", align: "left" },
        ],
        rows: rules.map(({ value }) => [
          value.id,
          value.text,
          standing(value, stateOf(value, context)),
        ]),
        more: 0,
      },
    ],
    figures: {
      rules: rules.map(({ value }) => ({
        id: value.id,
        text: value.text,
        stands: standing(value, stateOf(value, context)),
      })),
    },
    actions: rules
      .slice(0, 5)
      .map(({ value }) => ({ label: `Show ${value.id}`, run: `/alert show ${value.id}` })),
  });
}

/** One kept rule with what can be done with it. */
export function card(stored: Stored<Rule>, context: Context): Reply {
  return ruleCard(stored.value, specOf(stored.value, context), stateOf(stored.value, context));
}

/** What it has said, and what became of each message. */
export function logged(stored: Stored<Rule>, context: Context): Reply {
  const lines = messagesOf(stored.value, context);
  return reply(`Alert ${stored.value.id} has said ${plural(lines.length, "thing")}`, {
    blocks:
      lines.length === 0
        ? [{ kind: "text", words: "Nothing yet." }]
        : [
            {
              kind: "table",
              caption: "Messages, newest first",
              columns: [
                { title: "When", align: "left" },
                { title: "Status", align: "left" },
                { title: "To", align: "left" },
                { title: "Said", align: "left" },
              ],
              rows: lines
                .slice(0, 20)
                .map((line) => [
                  new Date(line.at).toISOString().slice(0, 16).replace("T", " "),
                  [line.word, line.why === null ? "" : `(${line.why})`].filter(Boolean).join(" "),
                  line.target,
                  line.link === null ? line.title : { text: line.title, link: line.link },
                ]),
              more: Math.max(0, lines.length - 20),
            },
          ],
    figures: {
      messages: lines.map(({ at, word, why, target, title }) => ({ at, word, why, target, title })),
    },
    actions: [{ label: "The rule", run: `/alert show ${stored.value.id}` }],
  });
}
