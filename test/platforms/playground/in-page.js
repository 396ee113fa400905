// Runs inside the page under test. Each check gives what is wrong, in words; nothing wrong is an empty list.

/** Names, landmarks, headings and ids, after the rules of WCAG 2.2 that a program can check. */
function structureFaults() {
  const faults = [];
  const every = (selector) => [...document.querySelectorAll(selector)];
  const said = (element) =>
    [
      element.getAttribute("aria-label"),
      element.textContent,
      ...[...element.querySelectorAll("img")].map((image) => image.alt),
    ].join("");

  if (every("h1").length !== 1) faults.push("not exactly one h1");
  for (const landmark of ["header", "main", "footer"]) {
    if (every(`body > ${landmark}`).length !== 1) faults.push(`not exactly one ${landmark}`);
  }
  if (document.documentElement.lang === "") faults.push("no language");
  if (document.title.trim() === "") faults.push("no title");

  let level = 0;
  for (const heading of every("h1,h2,h3,h4,h5,h6")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) faults.push(`a heading skips from ${level} to ${next}`);
    level = next;
  }
  for (const input of every("input:not([type=hidden]),select,textarea")) {
    if (input.labels.length === 0 && !input.ariaLabel) faults.push(`no label: ${input.outerHTML}`);
  }
  for (const named of every("a,button,summary,caption"))
    if (said(named).trim() === "") faults.push(`no name: ${named.outerHTML}`);
  for (const image of every("img"))
    if (!image.hasAttribute("alt")) faults.push(`no alt: ${image.outerHTML}`);
  for (const region of every("nav,[role=region],article,form[role=search],section")) {
    const by = document.getElementById(region.getAttribute("aria-labelledby") ?? "");
    if (!region.ariaLabel && !by?.textContent)
      faults.push(`no name: ${region.outerHTML.slice(0, 80)}`);
  }
  for (const box of every("body *")) {
    const scrolls =
      getComputedStyle(box).overflowX === "auto" && box.scrollWidth > box.clientWidth + 1;
    if (scrolls && box.tabIndex < 0 && !box.querySelector("a,button"))
      faults.push(`scrolls, but not by keyboard: ${box.outerHTML.slice(0, 80)}`);
  }
  const ids = every("[id]").map((element) => element.id);
  for (const id of ids)
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`two elements have the id ${id}`);
  return faults;
}

/** Text whose contrast with what is painted behind it is less than WCAG AA asks: 4.5, or 3 where it is large. */
function contrastFaults() {
  const colorOf = (css) => {
    const [red, green, blue, alpha = 1] = css.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  };
  const over = (top, under) => [
    ...[0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])),
    1,
  ];
  const behind = (element) => {
    if (!element) return [255, 255, 255, 1];
    const own = colorOf(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  };
  // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
  const luminance = (color) => {
    const linear = (channel) =>
      channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
  };
  const faults = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (
      node.textContent.trim() === "" ||
      !element.checkVisibility() ||
      element.closest(".unseen,svg")
    )
      continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const [light, dark] = [luminance(over(colorOf(style.color), back)), luminance(back)].sort(
      (one, other) => other - one,
    );
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5))
      faults.add(
        `${ratio.toFixed(2)}: ${style.color} on ${back} (${element.className || element.tagName})`,
      );
  }
  return [...faults];
}

/** Pixels the page is wider than its window. */
function sideways() {
  return Math.max(0, document.documentElement.scrollWidth - innerWidth);
}

/** What has the focus: its words or its id, and whether one can see that it has it. */
function focused() {
  const at = document.activeElement;
  if (at === document.body) return { name: "", seen: true };
  const { outlineStyle, boxShadow } = getComputedStyle(at);
  return {
    name: at.textContent.trim() || at.id,
    seen: outlineStyle !== "none" || boxShadow !== "none",
  };
}

function ground() {
  return getComputedStyle(document.body).backgroundColor;
}

Object.assign(globalThis, { structureFaults, contrastFaults, sideways, focused, ground });
