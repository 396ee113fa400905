import type { Words } from "../../reply/reply.ts";
import { count, longDay, plural } from "../../reply/words.ts";
import { NOTHING } from "../section.ts";
import type { Section } from "../section.ts";
import type { FiredAlert } from "../telling.ts";

/** What the alerts of the digest's own place said during the span; those that speak in digests only are told here first. */
export const fired: Section = {
  name: "fired",
  summary: "What the alerts of this place said",
  heading: "Alerts",
  isApart: true,
  content: ({ fired: alerts, rows: most, density, these }) => {
    if (alerts.length === 0) return NOTHING;
    const opened = alerts.filter(({ opens }) => opens).length;
    const fires = `${plural(opened, "alert")} fired`;
    const more = alerts.length - most;
    return {
      blocks:
        density === "brief"
          ? [{ kind: "text", words: `${fires}.` }]
          : [
              { kind: "text", words: [{ bold: `${fires} ${these}` }] },
              {
                kind: "bullets",
                items: [
                  ...alerts.slice(0, most).map(lineOf),
                  ...(more > 0 ? [`and ${count(more)} more`] : []),
                ],
              },
            ],
      figures: {
        alerts: opened,
        items: alerts.map(({ title, on, rule, isNew }) => ({ title, on, rule, digestOnly: isNew })),
      },
      notes: [],
    };
  },
};

function lineOf({ title, on, rule, link, isNew }: FiredAlert): Words {
  return [
    link === null ? title : { link, text: title },
    ` · ${longDay(on)} · `,
    { code: rule },
    ...(isNew ? [" (told in digests only)"] : []),
  ];
}
