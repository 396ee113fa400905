import { describe, expect, it } from "vitest";
import { filingFact } from "../../../src/sources/extract/filing.ts";
import { itemText } from "../../../src/sources/extract/item-text.ts";

const PAGE = `<html><head><title>8-K</title><style>p { color: red }</style></head><body>
<p>Item 1.01&#160;Entry into an Agreement.</p><p>The information in Item 2.05 below counts 999 employees.</p>
<div><span style="x">Item</span>&nbsp;<b>2.05</b>.&#160;&#160;Costs Associated with Exit or Disposal&nbsp;Activities</div>
<script>if (a < b) document.write("<p>Item 9.01</p>")</script><!-- 300 employees -->
<p>On May&#x20;6, 2025, the Company&rsquo;s board approved a reduction in force
of approximately <b>1</b>45 employees &amp; contractors.</p>
<table><tr><td>Severance</td><td>$3 &lt; $4</td></tr></table>
<p>ITEM 9.01 Exhibits</p><p>Item 2.05 once more</p><p>SIGNATURE</p><p>Pursuant to 700 employees</p></body></html>`;

describe("the Item 2.05 section", () => {
  it("is plain text from its heading to the next item", () => {
    expect(itemText(PAGE)).toBe(
      [
        "Item 2.05. Costs Associated with Exit or Disposal Activities",
        "On May 6, 2025, the Company’s board approved a reduction in force of approximately 145 employees & contractors.",
        "Severance",
        "$3 < $4",
      ].join("\n"),
    );
    expect(filingFact(itemText(PAGE)!)).toMatchObject({ people: 145, bound: "about" });
  });
  it("is null when the filing has none", () => {
    expect(itemText("<p>Item 5.02 Departure of Directors</p>")).toBeNull();
    expect(itemText("")).toBeNull();
  });
  it("ends at the signatures or with the text", () => {
    expect(itemText("<p>Item 2.05 Costs</p><p>40 roles</p><p>SIGNATURES</p><p>x</p>")).toBe(
      "Item 2.05 Costs\n40 roles",
    );
    expect(itemText("Item 2.05 Costs<br>40 roles")).toBe("Item 2.05 Costs\n40 roles");
  });
  it("survives broken HTML", () => {
    expect(itemText("<p>Item 2.05 a < b and 3<4 <b")).toBe("Item 2.05 a < b and 3<4 <b");
    expect(itemText("Item 2.05 x<script>never closed")).toBe("Item 2.05 x");
    expect(itemText("Item 2.05 x<!-- never closed")).toBe("Item 2.05 x");
    expect(itemText("Item 2.05 &#9999999; &nonsense; &#0;")).toBe("Item 2.05 &nonsense;");
  });
});
