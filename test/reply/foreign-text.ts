import * as fc from "fast-check";

/** Text as the world writes it: East Asian, right to left, joined emoji, accents, controls, broken pairs. */
export const foreignText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        "ソニー株式会社",
        "삼성전자",
        "שלום עולם",
        "شركة التقنية",
        "👩‍👩‍👧‍👦",
        "🇩🇪🇯🇵",
        "❤️‍🔥",
        "e\u0301\u0302\u0303",
        "\u202Eevil\u202C",
        "\u200B\u200D\uFEFF",
        "\uD83D",
        "\uDE00",
        "a\tb\r\nc\u2028d",
        "</svg><script>&amp;",
        "…",
      ),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(""));
