import { describe, expect, it } from "vitest";
import { refuseHostile } from "../../src/sources/hostile.ts";

describe("before any reader sees a text", () => {
  it.each([
    ["a document type", '<?xml version="1.0"?>\n<!DOCTYPE rss><rss></rss>', "document type"],
    ["an entity", '<rss><channel><!ENTITY a "b"></channel></rss>', "document type"],
    [
      "one behind a comment that only seems to hold it",
      "<!-- <rss> --><!doctype a><a/>",
      "document type",
    ],
    ["one behind quoted text", '<feed><![CDATA[ ]]><!DOCTYPE a ["]]></feed>', "document type"],
    ["a page to sign in", " \n<!DOCTYPE html><html></html>", "web page"],
    ["33 brackets", `${"[".repeat(33)}${"]".repeat(33)}`, "deeper than 32"],
    ["33 brackets behind words in brackets", `{"a[[":"\\"[","b":${"[".repeat(32)}`, "deeper"],
  ])("%s", (_what, text, wrong) => {
    expect(() => refuseHostile(text)).toThrow(wrong);
  });
  it.each([
    ["speaks of one in quoted text", "<rss><![CDATA[<!DOCTYPE html>]]></rss>"],
    ["speaks of one in a comment", "<rss><!-- <!ENTITY --></rss>"],
    ["is a filing that holds web pages", "<SEC-DOCUMENT>\n<TEXT><!DOCTYPE html><html></html>"],
    ["has 32 brackets, and many in words", `{"a":${"[".repeat(31)}"${"[".repeat(99)}"`],
    ["is a table", "a,b\n<html>,<!DOCTYPE a>\n"],
    ["has a hundred thousand openings", `<rss>${"<![CDATA[".repeat(100_000)}</rss>`],
  ])("a text that %s passes", (_what, text) => {
    expect(() => refuseHostile(text)).not.toThrow();
  });
});
