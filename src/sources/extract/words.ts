/** The words the readings turn on. None of them names a company. */

export function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}

/** Who is cut. */
export const PEOPLE = words(`
  employee employees employes staff staffer staffers worker workers workforce headcount people persons folks personnel
  job jobs role roles position positions post posts engineer engineers exec execs executive executives manager managers
  associate associates colleague colleagues teammate teammates developer developers researcher researchers teacher
  teachers journalist journalists recruiter recruiters driver drivers salespeople reps crew technicians
  trainees designers testers analysts specialists moderators techies freshers bankers hands heads
  layoffs redundancies retrenchments dismissals
  mitarbeiter mitarbeitende mitarbeitenden mitarbeiterinnen beschaftigte beschaeftigte angestellte stellen arbeitsplatze
  empleados trabajadores empleos personas funcionarios colaboradores pessoas empregados
  salaries postes emplois personnes
`);

/** Words for the whole staff, of which a share goes. */
export const STAFF = words(`
  staff staffers workforce workforces headcount employees employee workers team teams personnel jobs roles positions
  people force base crew employes associates engineers executives managers
  belegschaft mitarbeiter mitarbeitende mitarbeitenden beschaftigten plantilla empleados trabajadores funcionarios
  colaboradores equipe effectifs salaries
`);

/** Behind a number up to 100 whose sign was stripped, these mean a share. */
export const WHOLE_STAFF = words("workforce workforces headcount");

/** Cutting people, whatever the object: "lays off 120". */
export const STRONG_CUTS = words(`
  layoff layoffs layoffs' fire fires fired firing sack sacks sacked sacking dismiss dismisses dismissed dismissing
  terminate terminates terminated terminating retrench retrenches retrenched retrenching
  redundancies retrenchments downsizes downsizing ousts ousted ousting discharges discharged discharging
  entlasst entlaesst entlassen entlassung entlassungen kundigt kuendigt despide despiden despedir despidio despidos demite
  demitir demitiu demissao demissoes dispensa licencie licencier licenciement licenciements
`);

/** Cutting something, which must then be people: "cuts 120 jobs". */
export const WEAK_CUTS = words(`
  cut cuts cutting axe axes axed axing ax slash slashes slashed slashing shed sheds shedding eliminate eliminates eliminated
  eliminating elimination trim trims trimmed trimming scrap scraps scrapped scrapping cull culls culled culling
  chop chops chopped chopping shave shaves shaved shaving drop drops dropped dropping reduce reduces reduced reducing
  reduction reductions pare pares paring lose loses losing losses offload offloads offloading jettison jettisons
  ditch ditches ditching dump dumps dumping
  termination terminations
  streicht streichen recorta recortar corta cortar corte supprime supprimer suppression baut abbau
`);

/** What only a text known to be about a cut may use so: "will affect 85 employees". */
export const AFFECTS = words(
  "impact impacts impacted impacting affect affects affected affecting hit hits",
);

/** Behind a number of people these say that they go. */
export const GONE = words(`
  layoff layoffs fired sacked dismissed terminated retrenched cut axed slashed shed eliminated scrapped culled redundant
  losing lose lost go cuts job reduction reductions redundancies losses impacted affected
`);

/** A number behind one of these is no cut. */
export const OTHER_VERBS = words(`
  hire hires hired hiring rehire rehires rehired rehiring recruit recruits recruiting add adds added adding create creates
  created creating creation employ employs employed employing leave leaves leaving left keep keeps keeping kept retain
  retains retained retaining save saves saved saving spare spares spared sparing raise raises raised raising open opens opened
  opening pay pays paid paying offer offers offered offering furlough furloughs furloughed furloughing spend spends
  acquire acquires acquired acquiring buy buys relocate relocates relocated relocating transfer transfers transferred
  shift shifts invite invites train trains serve serves had has have employing grow grows growing grew expand expands
  remain remains remaining represent represented employed receive received receives secures secured adding join joins
  protest protests sue sues sued move moves moved offset
  rise rises rose rising fall falls fell falling jump jumps jumped surge surges surged soar soars soared climb climbs climbed
  gain gains gained plunge plunges plunged tumble tumbles tumbled sink sinks sank slide slides slid rally rallies rallied
  escape escapes escaped survive survives survived strike strikes striking sign signs signed celebrate celebrates
  recall recalls recalled reinstate reinstates reinstated
`);

/** What is cut here is not the staff: "salary cuts", "cuts costs". */
export const NOT_STAFF = words(`
  pay salary salaries wage wages price prices cost costs rate rates tax taxes spending budget budgets forecast forecasts
  guidance revenue revenues expense expenses hours bonus bonuses emissions dividend output production valuation stake
  interest fee fees outlook loss sales shares share stock stocks profit profits earnings
`);

/** Things that are counted and are no people. */
export const THINGS = words(`
  stores offices cities countries year years month months week weeks day days hour hours minute minutes sites warehouses
  plants branches shops restaurants markets products projects games podcasts originals startups companies firms customers users clients
  investors members points units times rounds round deal deals dollars euros pounds rupees million billion crore
  lakh contracts contractors freelancers contractor states series flights planes cars homes missiles
`);

/** Who cuts is a crowd: a figure behind it is a total. */
export const CROWDS = words(`
  tech technology industry industries sector sectors big startups companies firms employers businesses layoffs layoff us u.s
  usa america american global worldwide world silicon valley wall street media banks banking fintech crypto gaming federal
  government tracker report reports tracker's data more than over nearly about total so far job jobs cuts cut
  workers mass announced india indian uk british europe european german canadian start-ups the in of at and this year
  across all economy analysts economists retailers automakers
  we they he she it you i ai ceo ceos chatgpt robots automation tariffs trump biden doge congress pentagon irs nasa usaid fda
  cdc epa hhs nhs army police survey study poll
`);

/** Close before the verb these say that it may be, not that it is. */
export const POSSIBLE = words(
  "could may might consider considers considering mulls mulling weighs weighing",
);

/** Staff of one sort: "35 % of managers" is no share of the whole. */
export const SORTS_OF_STAFF = words("engineers executives managers");

/** Words that leave "its team" the whole of it. */
export const WHOLE_OF = words("its their our the his her entire whole total global full of");

/** Why somebody is fired who is not laid off. */
export const CAUSES = words(`
  protest protests protesting leak leaks leaking misconduct harassment cheating fraud theft stealing spying moonlighting
  whistleblower whistleblowers sit-in tweets posts insubordination racism racist
`);

/** Somewhere before the verb these say that nothing is cut. */
export const DENIALS = words(`
  denies deny denied denying refutes refuted rejects avoid avoids avoided avoiding averts averted unlikely false fake hoax
  halts reverses cancels blocks blocked blocking pauses postpones rescinds
`);

/** Close before the verb these say the same. */
export const NEGATIONS = words(`
  no not never without won't isn't doesn't didn't aren't wasn't wouldn't cannot can't out
`);

/** Words that lead from the verb's end to the next phrase: behind them a bare number stands alone. */
export const FOLLOWERS = words(`
  in at as after amid across from for to and or but on with following by while citing because due during since despite
  globally worldwide nationwide today this last more more. another a via ahead before report reports including again over
  under per through when of says its the reportedly
`);

/** Words that end a noun phrase. */
export const PHRASE_ENDS = words(`
  in at as after amid across from for to but on following by while citing because due during since despite via ahead
  before including over under per through when says said is are was were will would may might could has have had be been who
  that which than into announces announced announcing exclusive
`);

/** Words that carry a verb and name nobody. */
export const AUXILIARIES = words(`
  to will would is are was were has have had may might could should can plans plan planning planned plots set sets
  reportedly says said announces announced announce confirms confirmed about preparing prepares prepare expected expects
  expect intends intend aims looking begins began begin starts started start starting just also now quietly promptly
  further more another fresh mass latest new its it it's be being going kicks informs conducts conducted makes made make
  undertakes suddenly abruptly again initiates first second third fourth fifth considering considers mulls mulling weighs ready
  job staff workforce headcount their employees round of a the in planned launches faces officially off
`);

/** Words of description that stand before a name; the name begins behind the last of them. */
export const DESCRIPTIONS = words(`
  startup startups start-up up unicorn firm company giant maker makers platform app exchange marketplace provider retailer
  lender bank insurer developer business group-backed backed owned based parent rival brand exclusive scoop report breaking
  update updated article unit subsidiary arm fintech edtech healthtech proptech insurtech agritech crypto bank neobank
  operator service services' giant's chain automaker carmaker chipmaker broker brokerage publisher company's citing
  decacorn founder ceo agency major born co aggregator clinic restructuring crunch memo breaking news
`);

export const EARLIER = words("after since following despite");
export const TIME_AGO = words("last earlier previously previous ago prior");
export const DETERMINERS = words(
  "its their our his her all these those current total overall existing",
);
