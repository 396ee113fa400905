import type { SourceDef } from "../source.ts";
import { aijobs } from "./aijobs.ts";
import { ashby } from "./ashby.ts";
import { blsJolts } from "./bls-jolts.ts";
import { challenger } from "./challenger.ts";
import { greenhouse } from "./greenhouse.ts";
import { hiringLabAi } from "./hiring-lab-ai.ts";
import { hiringLabPostings } from "./hiring-lab-postings.ts";
import { lever } from "./lever.ts";
import { news } from "./news.ts";
import { sec8k } from "./sec-8k.ts";
import { tracker } from "./tracker.ts";
import { warnBln } from "./warn-bln.ts";
import { warnRegister } from "./warn-register.ts";
import { warnStates } from "./warn-states.ts";

/** Every place facts come from by themselves or as files of their own shape. */
export const SOURCES: readonly SourceDef[] = [
  aijobs,
  ashby,
  blsJolts,
  challenger,
  greenhouse,
  hiringLabAi,
  hiringLabPostings,
  lever,
  news,
  sec8k,
  tracker,
  warnBln,
  warnRegister,
  warnStates,
];
