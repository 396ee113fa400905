import type { Chart } from "../../charts/chart.ts";
import type { Reply, ReplyFile } from "../../reply/reply.ts";

/** What this page needs of a Slack message: the blocks as they go over the wire, and the charts to draw into them. */
export interface SlackDress {
  readonly text: string;
  readonly blocks: readonly object[];
  readonly pictures: readonly { readonly chart: Chart; readonly blockId: string }[];
}

/** What this page needs of a Discord message. */
export interface DiscordDress {
  readonly components: readonly object[];
  readonly pictures: readonly { readonly chart: Chart; readonly fileName: string }[];
  readonly files: readonly ReplyFile[];
}

/** The two renderers as they are given to us; `keep` gives a short key for a command too long for a button. */
export interface Dressers {
  readonly renderSlack: (
    reply: Reply,
    options: { readonly surface: "message"; readonly keep: (command: string) => string },
  ) => SlackDress;
  readonly renderDiscord: (
    reply: Reply,
    options: { readonly keep: (command: string) => string },
  ) => DiscordDress;
}
