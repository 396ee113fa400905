/** For each source of the catalogue one answer of its shape, written by hand: ten rows at least, so that half of it can be missed, where an answer is more than one. */
export const SAMPLE_ANSWERS: Readonly<
  Record<string, { readonly text: string; readonly topic?: string; readonly rows?: number }>
> = {
  aijobs: {
    text: table(
      "work_year,experience_level,employment_type,job_title,salary,salary_currency,salary_in_usd,employee_residence,remote_ratio,company_location,company_size",
      (row) => `2026,SE,FT,Data Engineer,${100_000 + row},USD,${100_000 + row},US,100,US,M`,
    ),
  },
  ashby: {
    topic: "acme",
    text: json({
      apiVersion: "1",
      jobs: rows((row) => ({
        id: `j${row}`,
        title: `Engineer ${row}`,
        location: "Berlin, Germany",
        isListed: true,
        publishedAt: "2026-10-01T00:00:00Z",
        jobUrl: `https://jobs.ashbyhq.com/acme/j${row}`,
      })),
    }),
  },
  "bls-jolts": {
    text: json({
      status: "REQUEST_SUCCEEDED",
      message: [],
      Results: {
        series: [
          {
            seriesID: "JTS000000000000000LDL",
            data: rows((row) => ({
              year: "2025",
              period: `M${String(row).padStart(2, "0")}`,
              value: String(1_700 + row),
              footnotes: [{}],
            })),
          },
        ],
      },
    }),
  },
  challenger: {
    text: table(
      "period,measure,value,scope",
      (row) => `2025-${String(row).padStart(2, "0")},people,${50_000 + row},`,
    ),
  },
  greenhouse: {
    topic: "acme",
    text: json({
      jobs: rows((row) => ({
        id: row,
        title: `Engineer ${row}`,
        company_name: "Acme",
        location: { name: "Remote, Italy" },
        absolute_url: `https://boards.greenhouse.io/acme/jobs/${row}`,
        first_published: "2026-04-17T23:58:03-04:00",
        content: "",
      })),
    }),
  },
  "hiring-lab-ai": {
    text: table(
      "date,jobcountry,AI_share_postings",
      (row) => `2024-${String(row).padStart(2, "0")}-01,US,${row / 5}`,
    ),
  },
  "hiring-lab-postings": {
    text: table(
      "date,jobcountry,indeed_job_postings_index,variable,display_name",
      (row) =>
        `2024-${String(row).padStart(2, "0")}-01,US,${60 + row},total postings,Software Development`,
    ),
  },
  lever: {
    topic: "acme",
    text: json(
      rows((row) => ({
        id: `j${row}`,
        text: `Engineer ${row}`,
        hostedUrl: `https://jobs.lever.co/acme/j${row}`,
        createdAt: 1_700_000_000_000,
        categories: { location: "Paris" },
      })),
    ),
  },
  "layoffs-fyi": {
    text: table(
      "company,location,industry,total_laid_off,percentage_laid_off,date,stage,country,funds_raised",
      (row) =>
        `Acme ${row},Boston,Data,${40 + row},0.1,2024-02-${String(row).padStart(2, "0")},Series B,United States,10`,
    ),
  },
  news: {
    topic: "wire.example",
    text: `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>${rows(
      (row) =>
        `<item><title>Acme${row} lays off ${40 + row} workers</title><link>https://wire.example/${row}</link><guid>g${row}</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>`,
    ).join("")}</channel></rss>`,
  },
  "sec-8k": {
    rows: 1,
    text: [
      "<SEC-DOCUMENT>0000000001-26-000007.txt : 20261102",
      "<SEC-HEADER>",
      "ACCESSION NUMBER:\t\t0000000001-26-000007",
      "FILED AS OF DATE:\t\t20261102",
      "\tCOMPANY CONFORMED NAME:\t\t\tACME WIDGETS INC",
      "</SEC-HEADER>",
      "<TEXT><p>Item 2.05 Costs Associated with Exit or Disposal Activities</p>",
      "<p>We will reduce our workforce by approximately 120 employees.</p></TEXT>",
    ].join("\n"),
  },
  "warn-bln": {
    text: table(
      "hash_id,postal_code,company,location,notice_date,effective_date,jobs,is_superseded,is_closure,is_temporary,first_inserted_date",
      (row) =>
        `h${row},CA,Acme ${row},Fresno,2026-01-02,2026-03-02,${40 + row},False,,,2026-01-05 10:00:00`,
    ),
  },
  "warn-register": {
    text: table(
      "state,employer_name,canonical_name,notice_date,effective_date,employees_affected,layoff_type,is_temporary,location,source_url,dedupe_key,first_seen,last_seen",
      (row) =>
        `WA,Acme ${row},Acme ${row},2026-07-01,2026-09-01,${40 + row},mass_layoff,0,Seattle,,k${row},2026-07-16,`,
    ),
  },
  "warn-states": {
    text: table(
      "company,impact_date,employees_affected,notice_date,notice_type,location",
      (row) => `Acme ${row},2026-09-01,${40 + row},2026-07-01,WARN Layoff,Richmond`,
    ),
  },
};

function rows<Row>(make: (row: number) => Row): Row[] {
  return Array.from({ length: 12 }, (_, at) => make(at + 1));
}

function table(header: string, make: (row: number) => string): string {
  return `${[header, ...rows(make)].join("\n")}\n`;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
