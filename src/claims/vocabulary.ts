/** Words of losing work, as verbs and as nouns. */
export const LAYOFF_VERB =
  "la(?:id|y|ys|ying|yed)(?:[ -]?|(?: [\\w,.'-]+){1,5} )off|let(?:s|ting)?(?: [\\w,.'-]+){0,5} go|cut(?:s|ting)?|slash(?:ed|es|ing)?|axe[ds]?|axing|shed(?:s|ding)?|eliminat(?:e|ed|es|ing)|fir(?:ed|es|ing)|sack(?:ed|s|ing)?|dismiss(?:ed|es|ing)?|terminat(?:e|ed|es|ing)|trim(?:s|med|ming)?|reduc(?:e|ed|es|ing)|shr(?:ank|unk|ink(?:s|ing)?)|los(?:t|e|es|ing)|dropp(?:ed|ing)|scrapp(?:ed|ing)|downsiz(?:e|ed|ing)|retrench(?:ed|es|ing)?|made redundant|restructur(?:e|ed|ing)";
const LAYOFF_NOUN =
  "lay-?offs?|(?:job|tech|staff|headcount|workforce) (?:cuts?|cutting|losses|loss|reductions?)|cuts|redundanc(?:y|ies)|retrenchments?|job[- ]cutting|downsizing|RIFs?|pink slips?|dismissals?|firings?|reductions? in force|out of work|out of a job";
export const LAYOFF = new RegExp(String.raw`\b(?:${LAYOFF_VERB}|${LAYOFF_NOUN})\b`, "i");
export const LAYOFF_NOUNS = new RegExp(
  String.raw`\b(?:${LAYOFF_NOUN}|job cuts?|announced cuts?|cut)\b`,
  "i",
);
/** A verb of laying off at the very end, a few words before a figure: "laid off about", "has cut its staff by". */
export const LAYOFF_VERB_BEFORE = new RegExp(
  String.raw`\b(?:${LAYOFF_VERB})(?: (?:of|another|a further|some|its|their|the|staff|workforce|headcount|jobs|by|an?|additional|total|as many as))*\s*$`,
  "i",
);
export const LAID_OFF_AFTER = new RegExp(
  String.raw`^\W*(?:(?:more|others?|in total|altogether|were|was|have|has|had|been|being|are|is|got|get|who|will|be|to|would|could|permanently|recently|already)\W+){0,6}(?:la(?:id|yed)[ -]off|let go|cut|fired|axed|sacked|dismissed|terminated|eliminated|shed|slashed|lost|lose|losing|made redundant|redundant|out of work|affected|impacted)\b`,
  "i",
);

/** Who is counted: the first of these nouns after a figure says of what it is. */
export const PEOPLE =
  /\b(?:people|ppl|folks|persons?|employees?|workers?|staff(?:ers?)?|jobs?|roles?|positions?|posts|heads|headcount|techies|personnel|engineers|colleagues|souls|workforce|hands)\b/i;
export const COMPANIES =
  /\b(?:companies|company|firms?|start-?ups?|employers|businesses|organi[sz]ations|corporations)\b/i;
export const EVENTS =
  /\b(?:(?:lay-?off|job[- ]cut) (?:events?|rounds?|announcements?|actions?|notices?)|events?|rounds?(?: of (?:layoffs|cuts|job cuts))?|announcements?|separate layoffs)\b/i;
/** People or events, as it happens: the press says layoffs for people, trackers for events. */
export const EITHER =
  /\b(?:lay-?offs|(?:job|tech|staff) (?:cuts|losses)|cuts|redundancies|dismissals|firings|retrenchments|losses)\b/i;

/** People losing work beyond doubt, and nothing else that is cut, dropped or lost. */
export const CLEAR =
  /\b(?:lay-?offs?|la(?:id|y|ys|ying) (?:[^\s.;]+ ){0,4}?off|laid-off|(?:jobs?|people|employees|workers|staff|roles|positions) (?:(?:were|was|are|have been|are being|being) )?(?:cut|axed|lost|eliminated|slashed|shed|fired)|(?:job|staff|headcount|workforce) (?:cuts?|losses|reductions?)|job-cutting|redundanc(?:y|ies)|made redundant|let go|fired|sacked|(?:cut|cuts|cutting|slash\w*|shed\w*|eliminat\w+|axed?|axing|los(?:t|e|ing)|trim\w*|reduc\w+|shr[aiu]nk\w*) (?:[^\s.;]+ ){0,3}?(?:jobs?|staff|people|employees|workers|roles|positions|workforce|headcount)|(?<!\b(?:price|rate|tax|pay|salary|cost|budget|spending|dividend|output|production) )cuts)\b/i;

/** "Stores closed after layoffs:" heads a list of what came after them. */
const AFTER_LAYOFFS =
  /\b(?:after|amid|following|despite|because of|due to|beyond|besides|alongside|as well as|on top of|apart from) (?:[^\s:,]+ ){0,3}?(?:lay-?offs?|(?:job |staff )?cuts|job losses|redundancies|firings)(?: (?:in|of|during|since|this|last) [^:]{1,30})? ?:?\s*$/i;

/** Whether the words before a list, or the line above it, say that it is of layoffs. */
export function isHeadOfLayoffs(words: string): boolean {
  return CLEAR.test(words.replace(AFTER_LAYOFFS, "")) && !OTHERWISE.test(words);
}

/** Whether layoffs are only what the thing spoken of came after. */
export function isAfterLayoffs(words: string): boolean {
  return AFTER_LAYOFFS.test(words) && !isHeadOfLayoffs(words);
}

/** Other figures that companies are listed with. */
export const OTHERWISE =
  /\b(?:hir(?:e|es|ed|ing)|rehir\w+|recruit\w*|employ\w*|headcount of|workforce of|revenues?|profits?|sales|openings|vacancies|postings|add(?:s|ed|ing)|creat(?:e|ed|es|ing)|valu(?:ed|ation)|founded|customers|users)\b/i;

export const UP =
  /\b(?:up|ris(?:e|es|en|ing)|rose|increas(?:e|ed|es|ing)|gr[eo]w(?:n|s|ing|th)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|ed|es|ing)|soar(?:s|ed|ing)?|gain(?:s|ed|ing)?|higher|more|doubl(?:e|ed|ing)|worse|larger|bigger|accelerat\w+)\b/i;
export const DOWN =
  /\b(?:down|f[ea]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|slid(?:e|es|ing)?|slip(?:s|ped|ping)?|shr[aiu]nk(?:s|ing)?|lower|fewer|less|smaller|plung(?:e|ed|es|ing)|slow(?:s|ed|ing|er)?|eas(?:e|ed|es|ing)|halv(?:e|ed|ing)|tumbl(?:e|ed|es|ing))\b/i;
export const FLAT =
  /\b(?:stall(?:s|ed|ing)?|flat|stagnat(?:e|ed|es|ing)|unchanged|steady|plateau(?:s|ed|ing)?|barely moved)\b/i;
export const CONTINUES =
  /\b(?:continu(?:e|ed|es|ing)|keeps? (?:going|on)|still (?:laying|cutting)|persist(?:s|ed)?)\b/i;

export const KEEPS_CUTTING =
  /\b(?:keep|keeps|kept) (?:on )?(?:cutting|laying off|shedding|slashing)\b/i;

export const PAY =
  /\b(?:earn(?:s|ed|ing|ings)?|salar(?:y|ies)|pa(?:y|ys|id|ying)|compensation|wages?|make|makes|made)\b/i;
export const POSTED =
  /\b(?:post(?:s|ed|ings?)|list(?:s|ed|ings?)|advertis\w+|job ads?|offer(?:s|ed|ing)?|range|up to|as much as)\b/i;
export const AI = /\b(?:AI|artificial intelligence|generative)\b/i;
/** AI pay beside other pay, at one time. */
export const PREMIUM =
  /\bpremium\b|\b(?:more|higher|above)\b(?: \S+){0,2} (?:than )?(?:other|others|non-AI|peers|their|those|colleagues|counterparts|engineers|comparable|regular|traditional)\b/i;
export const POSTINGS =
  /\b(?:(?:job )?(?:postings?|listings?|ads|adverts|advertisements|vacancies)|openings)\b/i;
export const YEAR_ON_YEAR =
  /\b(?:year[ -](?:on|over)[ -]year|yoy|(?:from|than|over|versus|vs\.?|compared (?:with|to)|against) (?:a|one|the) year (?:earlier|ago|before|prior)|(?:from|than|over|versus|compared (?:with|to)|against) (?:the )?(?:same (?:period|time|days|months?|quarter) (?:of |in )?)?(?:last|the previous|the prior) year|annually)\b/i;
/** What a sentence says did not happen: "not", "no layoffs", "avoided cuts", "nobody was let go". */
export const DENIED =
  /\b(?:not|never|no longer|nobody|no one|none|neither|denie[sd]|deny|denying|\w+n't|didnt|doesnt|dont|hasnt|havent|isnt|arent|wasnt|werent|wont|false|untrue|fake|misreport\w*|misstat\w*|debunk\w*|(?:falsely|wrongly|erroneously|mistakenly|incorrectly|inaccurately) (?:report|claim|said|sta[tr]|put|list|wrote|written|attribut|count|quot|circulat|announc|suggest|believ)\w*|(?:report|claim|stat|quot|announc|list|count)\w* (?:falsely|wrongly|erroneously|mistakenly|incorrectly|inaccurately)|(?:is|are|was|were|be|been|being|proved|proven|turned out)(?: to be)?(?: (?:\p{L}+ly|simply|just))? (?:wrong|incorrect|inaccurate|exaggerated|overstated|misleading|fabricated|fictitious|made up|refuted|retracted|an? (?:hoax|myth|lie|fabrication|exaggeration|rumou?r))|wrong (?:figure|number|count|total))\b|\b(?:no|zero|without(?: any)?) (?:\p{L}+ ){0,3}(?:lay-?offs?|laying|firing|cutting|cuts?|jobs?|redundanc\w+|employees?|staff|people|workers)\b|\b(?:avoid|avert|rul(?:e[sd]?|ing) out|refus|revers|cancel|rescind|stopp?(?:ed|ing)? (?:lay|cut|fir)|(?:instead of|rather than) (?:lay|cut|fir|shed))/iu;
/** What is to come, or may be. */
export const AHEAD =
  /\b(?:will|would|plan(?:s|ning|ned)?|intend(?:s|ed|ing)?|expect(?:s|ed|ing)?|set to|going to|about to|prepar(?:es|ed|ing)|may|might|could|consider(?:s|ed|ing)?|mull(?:s|ed|ing)?|weigh(?:s|ed|ing)?|rumou?r(?:s|ed)?|threaten(?:s|ed|ing)?|next (?:year|month|week|quarter)|upcoming|soon|forecast|predict(?:s|ed)?|to (?:lay|cut|fire|slash|shed|axe|eliminate|let))\b/i;
/** It asks for a figure and states none. */
export const ASKED =
  /^\W*(?:how (?:many|much|often|big|large)|who(?:se|m)?|which|what|why|when|where)\b[^.!]*\?*\s*$/i;
/** The whole sentence is a question; "did you know that" states what follows. */
export const QUESTION =
  /^\W*(?:(?:so|and|but|or|well),? )?(?!did you (?:know|hear|see)\b)(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could|should|how|who|whom|whose|which|what|why|when|where)(?:n't)?\b[^?]*\?["')\s]*$/i;
/** More than that something happened: how much of a whole, in comparison, in rank. Nobody has checked it by finding that it happened. */
export const MEASURED_IN_WORDS =
  /\b(?:all(?= (?:of|its|the|their|staff|employees|workers)\b)|most|half|halved|thirds?|quarters?|majority|minority|entire|whole|every|everyone|everybody|more|fewer|less|than|twice|double[ds]?|tripled?|times|fold|as many|as much|biggest|largest|smallest|only|worst|record|one in|same)\b/i;
/** How far something moved, in words that are not read as a figure. */
export const MOVED_IN_WORDS = /\b(?:half|thirds?|times|fold|twice|any other)\b|\d ?[x×](?!\p{L})/iu;

/** What people speak of and no source here measures, most telling first. */
const UNMEASURED: readonly (readonly [form: RegExp, what: string])[] = [
  [
    /\b(?:most of (?:all|any) (?:the )?(?:sectors?|industr(?:y|ies))|(?:more|most) than any other (?:sector|industry)|any other (?:sector|industry)|leads? all (?:sectors|industries)|leading (?:sector|industry))\b/i,
    "every sector's total, to rank them",
  ],
  [
    /\b(?:wall street|stock(?:s| price| market)?|shares?(?: price)? (?:rose|fell|jumped|gained|dropped|surged|climbed|soared|rallied|are|were)|share prices?|(?:shares?|stock) (?:of|in)|nasdaq|s&p|dow jones|investors?|shareholders?|market cap\w*|rall(?:y|ied))\b/i,
    "share prices or what investors think",
  ],
  [
    /\b(?:left|leav(?:e|es|ing)|quit|exit(?:ed|s|ing)?|abandon\w*) (?:the |this )?(?:tech |entire |whole )?(?:industry|tech|sector|field|profession|workforce|country)\b|\b(?:chang(?:ed|ing)|switch(?:ed|ing)) (?:careers?|fields?)\b|\bnew (?:jobs?|careers?)\b|\bfound (?:work|jobs?|another)\b/i,
    "where people went afterwards",
  ],
  [/\b(?:unemployment|jobless (?:rate|claims)|unemployed)\b/i, "unemployment"],
  [/\b(?:rehir\w+|hir(?:e|es|ed|ing)|recruit(?:ed|s|ing)|onboard\w+|headcount growth)\b/i, "hires"],
  [
    /\b(?:employs?|employed|employing|workforce of|staff of|headcount of|total (?:staff|headcount|workforce))\b/i,
    "how many people a company has",
  ],
  [
    /\b(?:revenues?|profits?|earnings|sales|income|funding|fundrais\w+|rais(?:ed|es|ing) \$|valuations?|valued|severance|cost(?:s|ing)?|charges?|savings?|save[sd]?|invest(?:ed|ing|s|ment)|spen[dt]\w*)\b/i,
    "revenue, costs or funding",
  ],
  [
    /\b(?:more |better )?(?:target(?:ed|ing|s)?|surgical|strategic|selective)\b/i,
    "which teams were meant, or why",
  ],
  [
    /\b(?:because|due to|blam\w+|attribut\w+|driven by|caused? by|reasons?|replaced|replacing|thanks to)\b/i,
    "reasons for layoffs",
  ],
  [
    /\b(?:morale|sentiment|confidence|feel(?:s|ing)?|fears?|worr(?:y|ies|ied)|anxi\w+|trust)\b/i,
    "what people feel",
  ],
  [
    /\b(?:women|men|black|age|older|younger|visas?|h-?1b|immigrants?|gender|managers)\b/i,
    "who the people are",
  ],
  [/\b(?:productiv\w+|efficien\w+|offices?|stores?|customers?|users|products?)\b/i, "that"],
];

/** What of a text no source here measures: in words after "measures", and the words that say so; undefined where it is none of the known topics. */
export function unmeasuredIn(
  text: string,
): { readonly what: string; readonly words: string } | undefined {
  for (const [form, what] of UNMEASURED) {
    const match = form.exec(text);
    if (match) return { what, words: match[0] };
  }
  return undefined;
}
