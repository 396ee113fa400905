import { count } from "../reply/words.ts";
import { QUOTAS } from "./quota.ts";
import { ACTS, verdictOf } from "./table.ts";
import type { Act, Rank } from "./table.ts";

const ON_CHATS = ["admin", "manager", "member", "outsider"] as const satisfies readonly Rank[];

const QUOTA_NAMES: readonly (readonly [keyof typeof QUOTAS, string])[] = [
  ["rulesPerTenant", "alert rules"],
  ["rulesPerPerson", "alert rules of one person"],
  ["subscriptionsPerChannel", "alerts and digests in one channel"],
  ["subscriptionsPerTenant", "alerts and digests"],
  ["watchesPerTenant", "watch sets"],
  ["companiesPerWatch", "companies in a watch set"],
];

/** The page about who may do what, written from the table that decides it. */
export function authorityPage(): string {
  return `# Who may do what

Written from the table of permissions by \`npm run -s docs\`. Slack and Discord share it; a terminal and the local page
belong to whoever runs the bot, who may do everything there.

| to | ${ON_CHATS.join(" | ")} |
| --- | ${ON_CHATS.map(() => "---").join(" | ")} |
${ACTS.map((act) => `| \`${act}\` | ${ON_CHATS.map((rank) => cell(act, rank)).join(" | ")} |`).join("\n")}

*In channels*: a direct message refuses it and says where to type it. \`read\` is looked at before every command, typed, pressed
or sent as a form; \`/privacy\` alone is for everybody everywhere. A day's quiet is for every member (\`mute-channel-24h\`); a
longer one, or one without an end, takes the right to set things up.

What is posted in *another* channel than the one somebody types in is for admins and for those whom that channel's \`managers\`
names: nobody else can be seen to be in it. In Slack Connect channels a mention is answered to the asker alone, as a command is,
until it is shared.

| | on Slack | on Discord |
| --- | --- | --- |
| admin | workspace admin or owner | Administrator |
| manager | the channel's creator | Manage Server or Manage Channels |
| outsider | a guest, or somebody of another workspace in a shared channel | – |

On Discord a person's standing comes with the signed request itself. On Slack the request tells no more than the workspace
somebody is of, so Slack is asked (\`users.info\`, and \`conversations.info\` for a channel's creator): only where the answer
depends on it, and again after five minutes. Without the scopes for that everybody of the workspace is a member
([deploy-slack.md](deploy-slack.md)). Where Slack does not answer within 1.5 s, nothing is changed and reading goes on. In direct
messages with the bot on Discord everybody is their own admin: what is kept there is theirs alone.

*As set* follows \`/settings workspace managers:…\` or \`/settings channel managers:…\`, which only admins change:

| managers | who may |
| --- | --- |
| \`anyone\` (Slack, unless set) | every member |
| \`managers\` (Discord, unless set) | admins and managers |
| roles or people, \`a,b\` | admins, managers, and those |
| \`admins\` | admins |

What somebody else keeps is never told: an id of another channel or workspace gets the same answer as one that does not exist.

## How much one workspace or server may keep

| what | at most |
| --- | --- |
${QUOTA_NAMES.map(([name, says]) => `| ${says} | ${count(QUOTAS[name])} |`).join("\n")}

Every alert and digest has an id of its own in its workspace, \`r\` or \`d\` and four characters (\`d7e88\`); none is refused because another has
the id it would have had. An id that was deleted is not given again while the log of changes or a message under it is kept (400 days),
so that a button under an old message never changes something new.
`;
}

function cell(act: Act, rank: Rank): string {
  const [inChannel, inDm] = (["channel", "dm"] as const).map((place) =>
    verdictOf(act, "slack", place, rank),
  );
  if (inChannel === "deny") return "no";
  const word = inChannel === "by-setting" ? "as set" : "yes";
  return inDm === "elsewhere" ? `${word}, in channels` : word;
}
