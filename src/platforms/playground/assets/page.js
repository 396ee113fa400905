// Comfort only: the page does everything without this file.
const box = document.querySelector("#q");
const offers = document.querySelector("#offers");
let latest = 0;

// Completion while typing; an answer that was overtaken by a newer one is dropped.
async function complete() {
  const mine = ++latest;
  const response = await fetch(`/complete?q=${encodeURIComponent(box.value)}`).catch(
    () => undefined,
  );
  const commands = response?.ok ? await response.json() : [];
  if (mine !== latest) return;
  offers.replaceChildren(
    ...commands.map((value) => Object.assign(document.createElement("option"), { value })),
  );
}
box.addEventListener("input", () => void complete());
box.setSelectionRange(box.value.length, box.value.length);

// A menu closes as menus do.
const openMenu = () => document.querySelector("details.menu[open]");
document.addEventListener("click", (event) => {
  const menu = openMenu();
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = openMenu();
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// The tab chosen on a narrow screen stays chosen for the next answer.
const tabs = [...document.querySelectorAll('input[name="view"]')];
const chosen = tabs.find((tab) => tab.value === sessionStorage.getItem("view"));
if (chosen) chosen.checked = true;
for (const tab of tabs)
  tab.addEventListener("change", () => sessionStorage.setItem("view", tab.value));
