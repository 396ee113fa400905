import type { Reply } from "../../reply/reply.ts";
import type { Dressed } from "./dressed.ts";
import { formView } from "./form-view.ts";
import { html, markupOf, type Html } from "./html.ts";
import { askAddress } from "./press.ts";
import type { Look } from "./shelf-view.ts";

export interface Page {
  readonly look: Look;
  /** What stands in the box: the command that was asked, or one that waits to be confirmed. */
  readonly typed: string;
  /** The command that was asked; empty on the first screen. */
  readonly asked: string;
  readonly reply: Reply;
  readonly dressed: Dressed;
  readonly examples: readonly { readonly command: string; readonly summary: string }[];
  readonly lately: readonly string[];
  /** Another site led here with a command: it was not run. */
  readonly waiting: boolean;
  /** Changes with the content of the style sheet and script, so that both may be cached for long. */
  readonly version: string;
}

/** The whole page. It works without a script: every deed is a link or the one form. */
export function pageHtml(page: Page): string {
  return markupOf(
    html`<!doctype html>
      <html lang="en" data-look="${page.look}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta
            name="color-scheme"
            content="${page.look === "system" ? "light dark" : page.look}"
          />
          <title>${page.reply.title} · market-pulse</title>
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          ${["page", "answer", "message", "slack", "discord"].map((sheet) => html`<link rel="stylesheet" href="/${sheet}.css?v=${page.version}" /> `)}
          <script src="/page.js?v=${page.version}" defer></script>
        </head>
        <body>
          <a class="skip" href="#answer">Skip to the answer</a>
          ${header(page)}
          <main>${question(page)} ${answer(page)}</main>
          <footer>
            <p>
              This page talks only to the bot on your own machine. Every figure comes with its
              source, its date and what is not known.
            </p>
          </footer>
        </body>
      </html> `,
  );
}

function header(page: Page): Html {
  const looks = [
    ["system", "Auto"],
    ["light", "Light"],
    ["dark", "Dark"],
  ] as const;
  const current = page.asked === "" ? "/?" : `${askAddress(page.asked)}&`;
  return html`<header class="top">
    <a class="brand" href="/"
      ><img src="/icon.svg" alt="" width="40" height="40" />
      <h1>market-pulse</h1></a
    >
    <p class="promise">
      Ask what happens on the tech labour market: one answer, dressed for Slack, Discord and the
      terminal.
    </p>
    <nav class="looks" aria-label="Colours">
      ${looks.map(
        ([look, label]) =>
          html`<a href="${current}look=${look}" ${look === page.look && html` aria-current="true"`}
            >${label}</a
          >`,
      )}
    </nav>
  </header>`;
}

function question(page: Page): Html {
  return html`<div class="question">
    <form action="/" method="get" role="search" aria-label="Ask the bot">
      <label for="q">Command</label>
      <div class="ask">
        <input
          id="q"
          name="q"
          value="${page.typed}"
          placeholder="/layoffs google"
          list="offers"
          maxlength="2000"
          autofocus
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          enterkeyhint="go"
          aria-describedby="headline"
        /><button type="submit">Ask</button>
      </div>
      <datalist id="offers"></datalist>
    </form>
    <nav aria-label="Examples">
      <ul class="chips">
        ${page.examples.map(
          ({ command, summary }) =>
            html`<li><a href="${askAddress(command)}" title="${summary}">${command}</a></li>`,
        )}
      </ul>
    </nav>
    ${
      page.lately.length > 0 &&
      html`<nav class="lately" aria-labelledby="lately">
        <h2 id="lately">Asked before</h2>
        <ul>
          ${page.lately.map(
            (command) => html`<li><a href="${askAddress(command)}">${command}</a></li>`,
          )}
        </ul>
      </nav>`
    }
  </div>`;
}

function answer(page: Page): Html {
  const { reply, dressed } = page;
  return html`<section id="answer" tabindex="-1" aria-labelledby="headline">
    ${page.waiting && html`<p class="waiting" role="status">Another page led here with a command. Nothing was run yet: read it above and press <strong>Ask</strong> if it is what you want.</p>`}
    <h2 id="headline" aria-live="polite">
      ${page.asked && html`<code>${page.asked}</code> `}<span class="${page.asked && "unseen"}"
        >${reply.title}</span
      >${reply.reason && html` <span class="reason">${reply.reason.replaceAll("_", " ")}</span>`}
    </h2>
    ${reply.form && formView(reply.form)}
    <fieldset class="tabs">
      <legend class="unseen">Show the answer as</legend>
      ${tab("slack", "Slack", true)}${tab("discord", "Discord", false)}${tab("plain", "Plain text", false)}
    </fieldset>
    <div class="views">
      <article class="view slack" aria-labelledby="as-slack">
        <h3 id="as-slack">Slack</h3>
        <div class="screen">
          <div class="message">
            <img class="avatar" src="/icon.svg" alt="" width="36" height="36" />
            <div class="body">
              ${reply.audience === "asker" && html`<p class="private">Only visible to you</p>`}
              <p class="from"><b>market-pulse</b><span class="app">APP</span></p>
              ${dressed.slack}
            </div>
          </div>
        </div>
      </article>
      <article class="view discord" aria-labelledby="as-discord">
        <h3 id="as-discord">Discord</h3>
        <div class="screen">
          ${page.asked && html`<p class="used">You used <b>${page.asked.split(/\s/, 1)}</b></p>`}
          <div class="message">
            <img class="avatar" src="/icon.svg" alt="" width="40" height="40" />
            <div class="body">
              <p class="from"><b>market-pulse</b><span class="app">APP</span></p>
              ${dressed.discord}
              ${reply.audience === "asker" && html`<p class="private">Only you can see this</p>`}
            </div>
          </div>
        </div>
      </article>
      <article class="view plain" aria-labelledby="as-plain">
        <h3 id="as-plain">Plain text</h3>
        <div class="screen">
          <pre tabindex="0" role="region" aria-label="The answer as plain text">
${dressed.plain}</pre>
        </div>
      </article>
    </div>
  </section>`;
}

function tab(id: string, label: string, checked: boolean): Html {
  return html`<input
      type="radio"
      name="view"
      id="show-${id}"
      value="${id}"
      ${checked && html` checked`}
    /><label for="show-${id}">${label}</label>`;
}
