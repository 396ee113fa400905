/** "AI" counts with its capital only: in lower case it is a word of Italian and French titles. */
const AI = /\bA\.?[Ii]\b/;
const FIELD =
  /\b(?:gen(?:erative)? ?ai|artificial intelligence|ml|mlops|machine learning|deep learning|reinforcement learning|llms?|language models?|foundation models?|diffusion models?|nlp|natural language|computer vision|machine vision|speech recognition|neural|robot learning|recommender systems?|agentic)\b/i;

/** Studies of AI that do not name it; only beside a researcher's craft, since others align wheels and interpret languages. */
const STUDY =
  /\b(?:pre-?training|post-?training|fine-?tuning|alignment|interpretability|inference|evals|model behaviou?r|reasoning|multimodal|rlhf)\b/i;
const RESEARCH_CRAFT = /\b(?:research(?:er)?|technical staff)\b/i;

/** Titles that are of AI in the trade's own use. */
const ALWAYS = /\b(?:applied scien(?:tist|ce)|prompt engineer)\b/i;

const MAKES =
  /\b(?:engineer(?:ing)?|developer|architect|programmer|scientist|science|research(?:er)?|technical staff|product (?:manager|management|lead|owner))\b/i;
const LEADS =
  /\b(?:head|vp|svp|evp|vice president|president|director|chief|fellow|manager|lead|principal)\b/i;

/** Who sells, explains, staffs or guards AI, whatever else the title names. */
const TRADE =
  /\b(?:account (?:executive|manager|director)|(?:sales|pre-?sales|solutions?|support|customer|success|partner|implementation|field) (?:engineer(?:ing)?|architect|developer|consultant|scientist)|customer success|recruit\w*|sourcer|talent|counsel|attorney|marketing manager|product marketing|developer (?:advocate|advocacy|relations|evangelist)|evangelist|(?:ai|ml) (?:trainer|tutor)|annotat\w+|assistant|coordinator|chief of staff)\b/i;
/** Areas that make a leader of AI one of another trade: "Director, AI Sales". */
const TRADE_AREA =
  /\b(?:sales|gtm|go[- ]to[- ]market|marketing|accounts?|partnerships?|partners?|alliances|policy|legal|compliance|governance|communications|finance|people|hr|operations|enablement|support|community|content|business development|program|project)\b/i;

/**
 * Whether a job builds or studies AI, by its title alone. It does when the title names a field of AI and either a craft that
 * makes things (engineer, scientist, researcher, product manager …) or a lead over the field itself ("Vice President of AI"),
 * and is not of a trade around it ("AI Account Executive", "Director, AI Sales", "AI Operations Specialist"). An applied
 * scientist counts without a field; a research scientist only beside one, since most sciences have them.
 */
export function buildsAi(title: string): boolean {
  if (TRADE.test(title)) return false;
  if (ALWAYS.test(title)) return true;
  if (STUDY.test(title) && RESEARCH_CRAFT.test(title)) return true;
  if (!AI.test(title) && !FIELD.test(title)) return false;
  return MAKES.test(title) || (LEADS.test(title) && !TRADE_AREA.test(title));
}
