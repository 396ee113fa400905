import { expect, it } from "vitest";
import { buildsAi } from "../../src/market/ai-titles.ts";
import { titleLevel } from "../../src/market/title-level.ts";

it.each([
  "Senior AI Engineer",
  "Staff ML Engineer",
  "AI Engineer",
  "Vice President of AI",
  "Senior Manager, Applied Science and Generative AI",
  "Head of Machine Learning",
  "Product Manager, AI Platform",
  "Machine Learning Engineer, Marketing",
  "Forward Deployed AI Engineer",
  "Research Engineer, Post-Training",
  "Member of Technical Staff, Inference",
  "Research Scientist, Computer Vision",
  "Engineering Manager, LLM Serving",
  "Applied Scientist II",
  "Data Scientist, GenAI",
  "Robot Learning Researcher",
])("%s builds or studies AI", (title) => {
  expect(buildsAi(title)).toBe(true);
});

it.each([
  "AI Operations Specialist | Agentic Workflows",
  "AI Account Executive",
  "Account Executive, AI Research Labs",
  "Director, AI Sales",
  "Product Marketing Manager, AI",
  "Engineering Recruiter, Machine Learning",
  "Solutions Architect, AI",
  "AI Policy Manager",
  "AI Trainer (Spanish)",
  "Executive Assistant to the Head of AI",
  "Chief of Staff, AI",
  "Research Scientist, Assay Development",
  "Alignment Technician",
  "Addetto ai servizi di ricerca, Research Engineer",
  "Android Engineer III",
  "Senior / Staff Fullstack Engineer",
  "Data Scientist",
  "Email Developer",
])("%s does not", (title) => {
  expect(buildsAi(title)).toBe(false);
});

it.each([
  ["Vice President of AI", "executive"],
  ["Senior Director, Data", "executive"],
  ["Senior / Staff Fullstack Engineer", "senior"],
  ["Sr. ML Engineer", "senior"],
  ["Software Engineer Intern", "entry"],
  ["Mid-level Engineer", "mid"],
  ["Account Executive", null],
  ["Member of Technical Staff", null],
  ["Android Engineer III", null],
])("%s is of level %s", (title, level) => {
  expect(titleLevel(title)).toBe(level);
});
