import { settingName, settingsOf } from "../fetching/chosen.ts";
import type { SourceDef } from "../sources/source.ts";

/** docs/sources.md: every source with what it may be used for, what it needs, and what happens when it fails. */
export function sourcesPage(sources: readonly SourceDef[]): string {
  const rows = sources.map(
    (def) =>
      `| [${def.id}](#${def.id}) | ${cell(`${def.publisher}: ${def.title}`)} | ${cadence(def)} | ${needs(def)} | ${def.byDefault ? "yes" : ""} |`,
  );
  return `# Sources

Written from the catalogue (\`src/sources/connectors/\`) by \`npm run -s docs\`.

Nothing is asked unless you say so: \`SOURCES=default\` in \`.env\` turns on those marked so below, \`SOURCES=default,warn-register\`
adds one, \`SOURCES=off\` (the default) none. \`npm run -s refresh\` asks those that are due, \`npm run -s refresh -- ID\` one now,
and each is told as it ends, with the reason and what to do where it failed; the running bot looks once a minute.
\`/sources\` shows how each fares, \`/sources id:…\` one of them. A saved answer of any of them can be imported as a file: \`npm run -s import -- FILE\` knows it by its shape.

| id | what | asked every | needs | default |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

## How a source is asked

Over https from public addresses only: every address a name leads to has to be public, and the connection goes to the very
address that was looked at; redirects are followed three times at most, each looked at anew. One request at a time, a second apart
on a host unless its rules allow more, asking only for what changed. No cookies, no secrets; \`SOURCES_CONTACT\` is told to the
servers. Feeds of news sites obey robots.txt. An answer has at most 20 MB unzipped
unless its source is known to be larger, 60 seconds, and 10 seconds of silence; it is read in a thread of 256 MB and 10 seconds,
a second more for each megabyte.
A server that is busy is tried three times, waiting as long as it asks; asked to wait for more than an hour, the bot leaves it
alone until then.

## Through a proxy

\`HTTPS_PROXY=http://proxy.example:3128\`, in the environment or in \`.env\`, has sources asked through a proxy that knows CONNECT, with a
name and password in front of an \`@\` where it wants them. \`NO_PROXY=raw.githubusercontent.com,.gov\` names hosts that are reached
without it, each with all below it; \`*\` is all. Small letters (\`https_proxy\`, \`no_proxy\`) count first, as in other programs.
\`HTTP_PROXY\` and \`ALL_PROXY\` are not read: nothing is asked over http, and no SOCKS is spoken.

| | with HTTPS_PROXY |
| --- | --- |
| sources | through the proxy |
| Slack: its Web API, its socket, uploads | through the proxy |
| Discord: its REST API (alerts, digests, answers' pictures) | through the proxy |
| Discord: its gateway (hearing questions) | straight: the library's socket takes no proxy, so the machine has to reach \`*.discord.gg\` on port 443 |

TLS ends at the source, and what we send is not the proxy's to read. A proxy that opens TLS itself needs its certificate told to Node:
\`NODE_EXTRA_CA_CERTS=/path/to/ca.pem\`. The proxy's password goes to the proxy alone and stands in no log. The proxy may be private; what
it is asked for must not be: names of inner networks and names that lead to private addresses are refused. A name the machine cannot
look up is left to the proxy when the catalogue or your settings name it, and refused when an answer sends us there
([why](decisions/0008-a-proxy-is-told-names.md)).

## A tracker's exports

Each is held against what the others said, and the order they come in does not matter: a row that a later one edits keeps both figures
with their days, and one that a later one lacks counts up to that one's day. Nothing is taken down

- by an export that has less than 90 % of the known rows of its days: it is taken for a part, and says so;
- on the first and last day of an export, which may begin or end in the middle of that day;
- by a file that breaks off in the middle of a row: it is told as cut off, and its whole rows are taken.

An export whose rows end more than 14 days before known ones is not taken by the day in its name: it lost its newest rows, or is older
than its name. \`--asof DAY\` says what it speaks for. A pay dump that breaks off is refused: what it lacks would look new in the next.

## How a source can fail, and what then holds

Facts already taken in are never lost to a bad answer. \`/sources\` says which of these it is:

| state | what happened | what the bot does |
| --- | --- | --- |
| ok | the last answer was taken, or the server said that nothing changed | |
| waiting | it is on and was not asked yet | asks within a minute |
| failing | it could not be asked: down, blocked, moved, its name not to be looked up, a page to sign in, cut short, too large, too slow | tries again after 15, 30, 60… minutes, at most as often as usual; after three times in a row the log says so once (\`source.failing\`) |
| suspicious | it answered what is more likely a fault than news: empty, less than half of what the same list had, without the newest rows it had, more than a fifth of its rows unreadable, dated in the future, or repeating itself | takes nothing of that answer, says so once in the log (\`source.suspicious\`), asks on; if the answer is right, \`npm run -s refresh -- ID --trust\` takes it |
| stale | no good answer for longer than the time given below | keeps asking |
| off | not in \`SOURCES\`, or something it needs is not set | nothing |

A server that cannot answer is tried three times in a turn, as far apart as it asks or half a minute. A name that cannot be looked up is
looked up once more after five seconds, and then everything below it is left for the next turn; where two names in a row cannot be, this
machine is offline, and each further one is looked up once: without a network a turn of the usual ones ends within two minutes.

When it is good again the log says so once (\`source.good\`). What is known of each is in \`sources.json\` in the data folder, and
in every backup; without that file everything is asked anew, and what the facts hold of a list says whether its next answer is halved.
"Nothing changed" is only asked for while the facts still hold the answer it speaks of, so facts put back to an earlier day are filled
up again. What was not asked while the bot was stopped is no source in trouble: \`on source_down\` waits until it was asked, an hour at most.

${sources.map(section).join("\n")}`;
}

function section(def: SourceDef): string {
  const settings = Object.entries(settingsOf(def)).map(
    ([name, says]) => `\`${settingName(def, name)}\` (${says})`,
  );
  return `### ${def.id}

${def.publisher}: ${def.title}. [About it](${def.url})

- Licence: ${def.licence}
- Attribution: ${def.attribution}
- Leaves out: ${def.gaps}
- Asked: ${cadence(def)}; stale after ${def.staleAfterHours} hours${def.robots === true ? "; robots.txt is obeyed" : ""}
- An answer without rows: ${def.mayBeEmpty ? "usual" : "suspicious"}
- Needs: ${needs(def) || "nothing"}
${settings.length > 0 ? `- May be set: ${settings.join(", ")}\n` : ""}`;
}

function cadence({ everyMinutes, fetch }: SourceDef): string {
  if (everyMinutes === null || fetch === undefined) return "as files only";
  if (everyMinutes < 60) return `${everyMinutes} min`;
  return hours(everyMinutes / 60);
}

function hours(number: number): string {
  if (number % 24 === 0) return number === 24 ? "day" : `${number / 24} days`;
  return number === 1 ? "hour" : `${number} hours`;
}

function needs(def: SourceDef): string {
  return def.needs
    .map((need) => `\`${need === "contact" ? "SOURCES_CONTACT" : settingName(def, "url")}\``)
    .join(", ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
