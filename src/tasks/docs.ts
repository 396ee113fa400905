import { mkdirSync, writeFileSync } from "node:fs";
import { commands } from "../../commands/index.ts";
import { authorityPage } from "../authority/page.ts";
import type { Command } from "../command/define.ts";
import { argsOf } from "../command/define.ts";
import { usageLine } from "../command/usage.ts";
import { SETTINGS } from "../config.ts";
import { SOURCES } from "../sources/connectors/index.ts";
import { sourcesPage } from "./sources-page.ts";

/** Pages written from the catalogues, by path from the root; a test holds them to what is on disk. */
export function generatedPages(): Readonly<Record<string, string>> {
  return {
    "docs/commands.md": commandsPage(commands),
    "docs/settings.md": settingsPage(),
    "docs/authority.md": authorityPage(),
    "docs/sources.md": sourcesPage(SOURCES),
    ".env.example": envExample(),
  };
}

/** Writes the generated pages anew. */
export async function docs(): Promise<number> {
  mkdirSync("docs", { recursive: true });
  for (const [path, text] of Object.entries(generatedPages())) {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
  return 0;
}

function commandsPage(all: readonly Command[]): string {
  return `# Commands

Written from the command catalogue by \`npm run -s docs\`. Words go in any order: free words first or last, then
\`key:value\`, with \`"quotes"\` around blanks, \`a,b\` for several and \`not:x\` to leave out. On Slack every command is also
\`/pulse <command> …\`; in a mention, a DM, the terminal and the playground the same grammar holds.

Periods: \`2023\`, \`2023Q4\`, \`2023H1\`, \`2024-03\`, \`2024-W11\`, \`ytd\`, \`7d\`, \`12m\`, \`last-week\`, \`last-quarter\`,
\`since january\`, \`2024-01..2024-03\`, \`all\`.

${all.map(commandSection).join("\n")}`;
}

function commandSection(command: Command): string {
  const rows = argsOf(command).map(
    ({ name, meta }) =>
      `| \`${name}\` | ${cell(meta.describe)} | ${cell(meta.choices?.join(", ") ?? meta.example ?? (meta.type === "boolean" ? "yes, no" : ""))} |`,
  );
  return `## /${command.name}

${command.summary}.

    ${usageLine(command)}

| word | what it says | values, or an example |
| --- | --- | --- |
${rows.join("\n")}
${modesList(command)}${Object.entries(command.without)
    .map(([name, { says, why }]) => `\nNo \`${name}:\` here. ${says} ${why}\n`)
    .join("")}
Examples:

${command.examples.map((example) => `    ${example}`).join("\n")}
`;
}

/** Which words change an answer in which mode; a word that does not is refused. */
function modesList({ modes, bare }: Command): string {
  const lines = Object.values(modes).map(
    ({ about, counts }) =>
      `- ${about}: ${counts
        .filter((word) => !bare.includes(word))
        .map((word) => `\`${word}\``)
        .join(" ")}`,
  );
  return lines.length === 0
    ? ""
    : `\nWhat applies to what; anything else is refused:\n\n${lines.join("\n")}\n`;
}

function settingsPage(): string {
  const rows = SETTINGS.map(
    ({ name, says, fallback, secret }) =>
      `| \`${name}\` | ${cell(says)} | ${fallback === "" ? "" : `\`${fallback}\``} | ${secret ? "yes" : ""} |`,
  );
  return `# Settings

Written from the settings catalogue by \`npm run -s docs\`. Read from the environment, and from \`.env\` in the folder the
bot is started in. None is needed to try the bot.

| setting | what it is | default | secret |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function envExample(): string {
  const lines = SETTINGS.map(
    ({ name, says, fallback }) =>
      `# ${says}\n${fallback === "" ? `# ${name}=` : `${name}=${fallback}`}`,
  );
  return `# Copy to .env and fill in what you use; none is needed to try the bot. docs/settings.md explains each.\n\n${lines.join("\n\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
