import type { Company, Resolved } from "../market/company.ts";
import { breakdown, totals } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { SPOKEN_SECTORS } from "../market/spoken-names.ts";
import type { Stretch } from "./text.ts";
import { LAYOFF_VERB } from "./vocabulary.ts";

/** Companies named side by side: "Google, Meta and Amazon". */
export interface Group extends Stretch {
  readonly companies: readonly Company[];
}

/** One company named, at its place. */
export interface Mention extends Stretch {
  readonly company: Company;
}

/** What a sentence is about, besides figures and times. */
export interface Subjects {
  readonly groups: readonly Group[];
  /** Each name alone, in order, examples too. */
  readonly mentions: readonly Mention[];
  /** Countries and industries, as the facts spell them. */
  readonly countries: readonly string[];
  /** Where those countries stand. */
  readonly places: readonly Stretch[];
  readonly industries: readonly string[];
  /** Names of companies or places that are none we know: nothing may be counted as if they were not there. */
  readonly strange: readonly (Stretch & { readonly why: string })[];
}

/** Names and places of a market, made ready once for a text. */
export interface Names {
  in(sentence: string): Subjects;
}

const WORDS_MOST = 4;
/** How many unfamiliar names of one text are looked up by likeness: each takes a walk through all names. */
const LOOKED_UP_MOST = 8;
const UNKNOWN: Resolved = { kind: "none", suggestions: [] };

/** Who says so, not who is spoken of. */
const PUBLISHERS =
  /\b(?:challenger(?:,? gray(?:,? (?:&|and) christmas)?)?|crunchbase|layoffs\.fyi|layoffs\b|cnbc|reuters|bloomberg|techcrunch|comprehensive\.io|the (?:verge|information|new york times|wall street journal)|wsj|nyt|indeed|linkedin|trueup|forbes|fortune|axios|bbc)(?= |,|'|$|\))/gi;
const SAYS =
  /^(?:'s)?,? (?:data|report|tracker|survey|count(?:s|ed)?|said|says|reported|reports|estimat\w+|according|found|tracked|tall(?:y|ied)|show\w*|puts?|wrote)\b/i;
const EXAMPLES =
  /\b(?:including|such as|like|among them|e\.g\.|led by|notably|especially)\s*(?:the )?$/i;
const VERB_NEXT = new RegExp(
  String.raw`^(?:'s)?,?\s+(?:(?:has|have|had|is|are|was|were|will|would|may|also|today|reportedly|just|recently|plans? to|to|and its units?|announced(?: it would| plans to)?|said it (?:would|will)|confirmed|started|began|been)\s+)*(?:${LAYOFF_VERB}|announced|confirmed|confirms|said|plans)\b|^ (?:has|had|is|was|employs|employed|pays|offers|which|also|recently|now|still)\b`,
  "i",
);
/** Behind the first word of a sentence, whose capital letter says nothing: a figure in a list, or a verb denied. */
const STANDS_FIRST =
  /^(?: ?[:|]| [–-] | \(| ~?\d|(?: (?:did|does|do|made|would|will|has|have|had|is|was|never))(?:n't| not| no| never)? )/i;
/** Behind a name in a list: "Sony (900)", "Sony: 900". */
const WITH_FIGURE = /^(?: \(| ?[:|] ?| – )~?\d/;
/** Where names are written small: a figure behind the name, and before it what parts the names of a list. */
const LISTED = /^ \(?~?\d/;
const LISTED_BEFORE = /(?:^|[,:;] |\b(?:and|at|by|hit) )$/;
/** Words that stand where a name would, capital letter or not. */
export const NO_NAME = new Set(
  "the,a,an,in,on,at,by,of,for,to,from,since,over,under,more,most,less,fewer,about,around,nearly,almost,some,many,all,both,its,their,our,his,it,they,he,she,we,you,i,this,that,these,those,which,who,and,or,but,as,with,after,before,while,when,during,so,far,last,next,year,years,month,quarter,week,today,yesterday,tomorrow,tech,technology,big,companies,company,firm,firms,startup,startups,start-ups,employers,employer,employees,employee,workers,worker,people,staff,jobs,job,layoffs,layoff,cuts,cut,sector,industry,industries,market,us,u.s,usa,uk,america,american,americans,european,world,global,globally,worldwide,senior,junior,mid-level,engineers,engineer,ai,ml,pay,salaries,salary,average,median,mean,it's,here,there,service,community,remote,public,better,sunday,monday,tuesday,wednesday,thursday,friday,saturday,january,february,march,april,may,june,july,august,september,october,november,december,jan,feb,mar,apr,jun,jul,aug,sep,sept,oct,nov,dec,q1,q2,q3,q4,h1,h2,ceo,cfo,cto,hr,vp,wall,street,silicon,valley,covid,pandemic,news,report,reports,data,according,total,totals,one,two,three,hundreds,thousands,dozens,tens,up,down,no,not,did,does,is,was,were,has,had,have,been,will,would,could,also,just,then,now,even,only,other,others,another,each,every,such,rounds,round,between,through,until,giants,giant,tracker,trackers,share,shares,units,teams,roles,usd,$".split(
    ",",
  ),
);
/** What stands before a verb of laying off and cuts nobody. */
const NO_ACTOR =
  /^(?:be|being|get|gets|got|getting|businesses|organi[sz]ations|corporations|employees?|persons?|who|that|ever|still|collectively|together|combined|altogether|worldwide|jointly|each|never|not|\p{L}+ly|\p{L}+n't|\d.*|sectors?|industries|enterprises|bosses|tech's|say|said|he|she|ceo|boss|management|executives|leaders)$/iu;
const DEMONYMS: Readonly<Record<string, string>> = {
  American: "United States",
  Indian: "India",
  British: "United Kingdom",
  German: "Germany",
  Canadian: "Canada",
  Israeli: "Israel",
  Chinese: "China",
  Brazilian: "Brazil",
  Australian: "Australia",
  Swedish: "Sweden",
  Dutch: "Netherlands",
  French: "France",
  Indonesian: "Indonesia",
  Singaporean: "Singapore",
  Nigerian: "Nigeria",
  Spanish: "Spain",
  Finnish: "Finland",
};
/** Places people speak of that no figure here is kept by. */
const REGIONS =
  /\b(?:Europe(?:an)?|Asian?|Africa[n]?|Latin America[n]?|EMEA|APAC|Middle East(?:ern)?|Silicon Valley|(?:SF )?Bay Area|California(?:n)?|Texas|Florida|New York|Seattle|Washington|Boston|Austin|London|Berlin|Bengaluru|Bangalore)\b/g;

/** Kinds of companies people speak of that no figure here is kept by. */
const KINDS =
  /\b(?:(?:public|publicly traded|listed|private|privately held|venture-backed|large|larger|small|smaller|mid-?sized?|family-owned|state-owned|non-tech|Fortune \d+|S&P \d+|early-stage|late-stage|series [a-e]|unicorn|AI|artificial intelligence)(?= (?:\S+ )?(?:companies|firms|start-?ups|employers|businesses)\b)|Big Tech|FAANG|unicorns|start-?ups)\b/gi;
/** "Chip companies", "the retail sector": one word that says which. */
const SORT =
  /(?<![\p{L}\p{N}.'-])(?<sort>\p{L}[\p{L}'-]*) (?:companies|firms|employers|businesses|sector|industry|giants|studios)\b/giu;
/** The same before people, where many words say no more than that they worked. */
const SORT_OF_PEOPLE =
  /\b(?:federal|government|public[- ]sector|state|civil|military|manufacturing|factory|warehouse|auto|automotive|bank|banking|retail|restaurant|hotel|airline|hospital|health ?care|media|newsroom|newspaper|game|gaming|video[- ]game|film|oil|energy|mining|construction|crypto|fintech|university|school|nonprofit|non-profit|chip|semiconductor|telecom|pharma|biotech)(?= (?:employees?|workers?|staff(?:ers)?|jobs?|developers?|engineers?|roles?|positions?|layoffs|cuts)\b)/gi;
/** Words before "companies" that tell none of them from the others. */
const ANY_SORT = new Set(
  "tech,technology,technological,high-tech,hi-tech,big-tech,different,separate,individual,unique,distinct,affected,participating,major,notable,leading,several,various,multiple,certain,numerous,countless,dozen,dozens,hundred,hundreds,thousand,thousands,million,known,listed,own,same,new,whose,if,how,what,where,because,did,do,does,saw,see,made,among,like,say,says,said,including,least,than,percent,per,these,entire,whole,overall,broader,wider,tech's,world's,country's,nation's,its,it,four,five,six,seven,eight,nine,ten,eleven,twelve,fifteen,twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety".split(
    ",",
  ),
);
/** "Microsft laid off 10,000": whoever stands right before the verb, in small letters too. */
const ACTOR = new RegExp(
  String.raw`(?<actor>\p{L}[\p{L}\p{N}.&'-]*) (?:(?:has|have|had|will|would|also|recently|just|reportedly|then|already|plans to|is|are|was|were|to)\s)*(?:laid off|lays off|layed off|laying off|lay off|fired|fires|firing|cut|cuts|cutting|axed|axes|shed|sheds|shedding|slashed|slashes|slashing|eliminated|eliminates|eliminating|sacked|sacks|let go of|let go|lets go of|dismissed|trimmed|terminated) (?:(?:of|off|about|around|over|more|than|nearly|almost|roughly|some|at|least|up|to|another|an?|additional|approximately|fewer|under|as|many|like|only) )*[\d$]`,
  "giu",
);

export function namesOf(market: Market): Names {
  const countries = breakdown(market, {}, "country").map(({ name }) => name);
  const industries = industryNames(market);
  const resolved = new Map<string, Resolved>();
  const resolve = (words: string): Resolved => {
    const before = resolved.get(words);
    if (before !== undefined || resolved.size >= LOOKED_UP_MOST) return before ?? UNKNOWN;
    const found = market.companies.resolve(words);
    resolved.set(words, found);
    return found;
  };
  return {
    in: (sentence) => {
      const publishers = [...sentence.matchAll(PUBLISHERS)]
        .filter(
          (match) =>
            !VERB_NEXT.test(sentence.slice(match.index + match[0].length)) ||
            SAYS.test(sentence.slice(match.index + match[0].length)),
        )
        .map((match) => ({ start: match.index, end: match.index + match[0].length }));
      const places = countriesIn(sentence, countries);
      const regions = [...sentence.matchAll(REGIONS)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        why: `no figure here is kept by place within a country or by continent`,
      }));
      const kinds = [...sentence.matchAll(KINDS)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        why: "no figure here is kept by that kind of company",
      }));
      const taken = [...publishers, ...places, ...regions, ...kinds];
      const found = companiesIn(sentence, market, taken);
      const sectors = industries(sentence);
      const sorts = sortsIn(sentence, sectors.length > 0);
      const candidates = [
        ...candidatesIn(sentence, [...taken, ...found]),
        ...actorsIn(sentence, [...taken, ...found]),
      ];
      const strange: { start: number; end: number; why: string }[] = [
        ...kinds,
        ...regions,
        ...sorts,
      ];
      for (const { start, end, isInList } of candidates) {
        const words = sentence.slice(start, end);
        const meant = resolve(words);
        if (meant.kind === "one" && hasEvents(market, meant.company))
          found.push({ start, end, company: meant.company });
        // A list says itself of which of its names nobody knows.
        else if (isInList !== true)
          strange.push({
            start,
            end,
            why:
              meant.kind === "many"
                ? "it may be one of several companies"
                : "no known event is of that name",
          });
      }
      return {
        groups: groupsOf(sentence, found),
        mentions: found.toSorted((a, b) => a.start - b.start),
        countries: [...new Set(places.map(({ country }) => country))],
        places,
        industries: sectors,
        strange,
      };
    },
  };
}

/** Words that narrow who is counted to what no figure here is kept by. */
function sortsIn(
  sentence: string,
  hasIndustry: boolean,
): readonly (Stretch & { readonly why: string })[] {
  if (hasIndustry) return [];
  const ofCompanies = [...sentence.matchAll(SORT)]
    .map(({ index, groups }) => ({ start: index, words: groups?.["sort"] ?? "" }))
    .filter(({ words }) => {
      const sort = words.toLowerCase();
      return !NO_NAME.has(bareWord(sort)) && !ANY_SORT.has(sort) && !isPlaceWord(sort);
    });
  const ofPeople = [...sentence.matchAll(SORT_OF_PEOPLE)].map(({ 0: words, index }) => ({
    start: index,
    words,
  }));
  return [...ofCompanies, ...ofPeople].map(({ start, words }) => ({
    start,
    end: start + words.length,
    why: "no figure here is kept by that kind of company",
  }));
}

function isPlaceWord(word: string): boolean {
  return (
    /^(?:us|u\.s|uk|american?|-based|.*-based)$/.test(word) ||
    Object.keys(DEMONYMS).some((name) => name.toLowerCase() === word)
  );
}

function actorsIn(sentence: string, taken: readonly Stretch[]): Candidate[] {
  return [...sentence.matchAll(ACTOR)].flatMap(({ index, groups }) => {
    const words = groups?.["actor"] ?? "";
    const stretch = { start: index, end: index + words.length };
    const isOther =
      NO_NAME.has(bareWord(words)) || ANY_SORT.has(words.toLowerCase()) || NO_ACTOR.test(words);
    return isOther || overlaps(stretch.start, stretch.end, taken) ? [] : [stretch];
  });
}

function hasEvents(market: Market, company: Company): boolean {
  const keys = market.companies.family(company.key).map((member) => member.key);
  return totals(market, { companies: keys }).events > 0;
}

/** Exact names and aliases: with a capital letter anywhere, and in lower case right before a verb of laying off or after "at". */
function companiesIn(sentence: string, market: Market, taken: readonly Stretch[]): Mention[] {
  const tokens = [...sentence.matchAll(/[\p{L}\p{N}][\p{L}\p{N}.'&+-]*/gu)].map((match) => {
    const bare = match[0].replace(/(?:'s)?[.']*$/u, "");
    return { start: match.index, end: match.index + bare.length, text: bare };
  });
  const found: Mention[] = [];
  const isAllSmall = !/\p{Lu}/u.test(sentence);
  for (let first = 0; first < tokens.length; first++) {
    for (let length = Math.min(WORDS_MOST, tokens.length - first); length > 0; length--) {
      const [from, to] = [tokens[first]!, tokens[first + length - 1]!];
      const words = sentence.slice(from.start, to.end);
      if (/[^\p{L}\p{N}.'&+ -]/u.test(words) || overlaps(from.start, to.end, taken)) continue;
      if (length === 1 && (NO_NAME.has(words.toLowerCase()) || /^\d+$/.test(words))) continue;
      const rest = sentence.slice(to.end);
      const isNamed =
        /^(?:[\p{Lu}\p{N}]|\p{Ll}\p{Lu})/u.test(words) &&
        (first > 0 ||
          length > 1 ||
          /^(?:'s|,| and | & )/.test(rest) ||
          VERB_NEXT.test(rest) ||
          STANDS_FIRST.test(rest) ||
          rest.trim() === "");
      const isActing =
        VERB_NEXT.test(rest) ||
        rest.startsWith(":") ||
        (isAllSmall && LISTED.test(rest) && LISTED_BEFORE.test(sentence.slice(0, from.start))) ||
        /\b(?:at|by) $/i.test(sentence.slice(Math.max(0, from.start - 4), from.start));
      if (!isNamed && !isActing) continue;
      const company = market.companies.byKey(keyOf(sentence, words, to.end, market));
      if (company === undefined || !hasEvents(market, company)) continue;
      found.push({ start: from.start, end: to.end, company });
      first += length - 1;
      break;
    }
  }
  return found;
}

/** "Byju's" is a name with its ending, "Google's" one without. */
function keyOf(sentence: string, words: string, end: number, market: Market): string {
  const plain = market.companies.of(words).key;
  if (!sentence.startsWith("'s", end) || market.companies.byKey(plain) !== undefined) return plain;
  return market.companies.of(`${words}'s`).key;
}

interface Candidate extends Stretch {
  /** Nothing but a figure behind it makes a name of it. */
  readonly isInList?: true;
}

/** Capitalised words that stand where a company or a place stands, and are none we have yet. */
function candidatesIn(sentence: string, taken: readonly Stretch[]): Candidate[] {
  const capital = String.raw`\p{Lu}[\p{L}\p{N}.&'-]*(?: (?:\p{Lu}[\p{L}\p{N}.&'-]*|of|&)){0,3}`;
  const found: Candidate[] = [];
  for (const match of sentence.matchAll(new RegExp(capital, "gu"))) {
    const words = match[0].split(" ");
    let { index: start } = match;
    while (words.length > 0 && NO_NAME.has(bareWord(words[0]!))) start += words.shift()!.length + 1;
    while (words.length > 0 && NO_NAME.has(bareWord(words.at(-1)!))) words.pop();
    const end = start + words.join(" ").replace(/(?:'s)?[.']*$/u, "").length;
    if (words.length === 0 || end <= start || overlaps(start, end, taken)) continue;
    const isPlaced = /\b(?:at|by|in|across|from) (?:the )?$/i.test(
      sentence.slice(Math.max(0, start - 12), start),
    );
    const isNamed =
      isPlaced || VERB_NEXT.test(sentence.slice(end)) || isListed(sentence, { start, end }, taken);
    if (isNamed) found.push({ start, end });
    else if (WITH_FIGURE.test(sentence.slice(end))) found.push({ start, end, isInList: true });
  }
  return found;
}

/** "Google, Acme and Meta": named side by side with a name that is known. */
function isListed(sentence: string, { start, end }: Stretch, taken: readonly Stretch[]): boolean {
  return taken.some(
    (other) =>
      /^(?:'s)?(?:,| and|, and| &) $/.test(sentence.slice(other.end, start)) ||
      /^(?:'s)?(?:,| and|, and| &) $/.test(sentence.slice(end, other.start)),
  );
}

function bareWord(word: string): string {
  return word.toLowerCase().replace(/(?:'s)?[.',]*$/u, "");
}

function overlaps(start: number, end: number, taken: readonly Stretch[]): boolean {
  return taken.some((stretch) => start < stretch.end && stretch.start < end);
}

/** "Google (GOOGL)", "Google (1998)": a bracket that counts nothing. */
const NAME_NOTE = /\((?:[^()\d]{0,40}|(?:19|20)\d\d)\)/g;

/** Names parted by nothing but commas and "and" are one group; examples ("including Google") are none. */
function groupsOf(sentence: string, mentions: readonly Mention[]): readonly Group[] {
  const groups: { start: number; end: number; companies: Company[] }[] = [];
  for (const { start, end, company } of mentions.toSorted((a, b) => a.start - b.start)) {
    const last = groups.at(-1);
    const isJoined =
      last !== undefined &&
      /^(?:'s)?(?:[,\s]|and|&|or|its)*$/.test(
        sentence.slice(last.end, start).replace(NAME_NOTE, ""),
      );
    if (isJoined) {
      last.end = end;
      if (!last.companies.includes(company)) last.companies.push(company);
    } else groups.push({ start, end, companies: [company] });
  }
  return groups.filter(
    ({ start }) => !EXAMPLES.test(sentence.slice(Math.max(0, start - 24), start)),
  );
}

function countriesIn(
  sentence: string,
  known: readonly string[],
): (Stretch & { readonly country: string })[] {
  const found: { start: number; end: number; country: string }[] = [];
  const add = (start: number, words: string, country: string): void => {
    const end = start + words.length;
    if (!overlaps(start, end, found)) found.push({ start, end, country });
  };
  for (const match of sentence.matchAll(
    /\b(?:United States|United Kingdom|Great Britain|UK|U\.K\.|USA|U\.S\.A?\.?|US)(?![\p{L}$])/gu,
  ))
    add(
      match.index,
      match[0],
      /K|Brit|Kingdom/.test(match[0]) ? "United Kingdom" : "United States",
    );
  for (const { 0: pair, index } of sentence.matchAll(/\b\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?\b/gu))
    for (const words of new Set([pair, ...pair.split(" ")])) {
      const country = DEMONYMS[words] ?? known.find((name) => name === words && name !== "Unknown");
      if (country !== undefined) add(index + pair.indexOf(words), words, country);
    }
  return found;
}

/** "fintech startups", "in the crypto sector": an industry is read only where a noun says that it is one. */
function industryNames(market: Market): (sentence: string) => readonly string[] {
  const names = new Map(
    [
      ...breakdown(market, {}, "industry").map(({ name }) => [name.toLowerCase(), name] as const),
      ...Object.entries(SPOKEN_SECTORS),
    ].filter(([word]) => word !== "unknown" && word !== "other"),
  );
  const any = [...names.keys()].map((name) => name.replace(/[^\p{L}\p{N} -]/gu, ".")).join("|");
  if (any === "") return () => [];
  const form = new RegExp(
    String.raw`\b(?:(?<noun>${any}) (?:companies|firms|start-?ups|sector|industry|businesses|layoffs)|in (?:the )?(?<end>${any})(?= sector| industry|[,.;]|$))`,
    "gi",
  );
  return (sentence) => [
    ...new Set(
      [...sentence.matchAll(form)].flatMap(({ groups }) => {
        const name = names.get((groups?.["noun"] ?? groups?.["end"] ?? "").toLowerCase());
        return name === undefined ? [] : [name];
      }),
    ),
  ];
}
