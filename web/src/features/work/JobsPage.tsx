import { categoriesRetrieve, jobsList } from "@jobsphere/api-client";
import { Button, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { LoadMore, usePages } from "@/components/pages";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useRole, useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { JobCardLink } from "./JobCardLink";
import classes from "./JobsPage.module.css";
import type { JobSearch } from "./search";

/** Every open job, found by words, trade and money. The filters live in the address, so a search can be shared. */
export function JobsPage() {
  const search = useSearch({ strict: false }) as JobSearch;
  const role = useRole();
  const signedIn = useSignedIn();
  const jobs = usePages(["jobs", "list", search], (cursor) => ask(jobsList({ query: { ...queryOf(search), cursor } })));
  const title = search.mine ? "My jobs" : "Find work";
  return (
    <Page
      title={title}
      lead={search.mine ? "Everything you posted, drafts too." : "Open jobs near and far. The budget is reserved before you begin."}
      aside={
        role.contractor && !role.customer ? null : (
          <Button component={Link} to="/jobs/new">
            Post a job
          </Button>
        )
      }
    >
      {signedIn && role.customer ? <Whose mine={search.mine === true} /> : null}
      {search.mine ? null : <Filters key={JSON.stringify(search)} search={search} />}
      {jobs.isPending ? <Loading rows={5} height={140} /> : null}
      {jobs.isError ? <Failed error={jobs.error} retry={() => void jobs.refetch()} /> : null}
      {jobs.rows ? <JobList rows={jobs.rows} mine={search.mine === true} /> : null}
      <LoadMore {...jobs} />
    </Page>
  );
}

function JobList({ rows, mine }: { rows: Parameters<typeof JobCardLink>[0]["job"][]; mine: boolean }) {
  if (rows.length === 0) {
    return mine ? (
      <Empty title="No jobs yet" action={<Button component={Link} to="/jobs/new">Post your first job</Button>}>
        Say what you need in two minutes; contractors answer with a price.
      </Empty>
    ) : (
      <Empty title="Nothing like that right now" action={<Button component={Link} to="/jobs" variant="default">Show every job</Button>}>
        Try fewer words, another trade, or a lower budget.
      </Empty>
    );
  }
  return (
    <Stack component="ul" gap="sm" className={classes.list}>
      {rows.map((job) => (
        <li key={job.id}>
          <JobCardLink job={job} showStatus={mine} />
        </li>
      ))}
    </Stack>
  );
}

function Whose({ mine }: { mine: boolean }) {
  return (
    <nav className={classes.tabs} aria-label="Which jobs">
      <Link to="/jobs" className={classes.tab} aria-current={mine ? undefined : "page"}>
        All open jobs
      </Link>
      <Link to="/jobs" search={{ mine: true } as never} className={classes.tab} aria-current={mine ? "page" : undefined}>
        My jobs
      </Link>
    </nav>
  );
}

function Filters({ search }: { search: JobSearch }) {
  const navigate = useNavigate();
  const [words, setWords] = useState(search.search ?? "");
  const [budget, setBudget] = useState(search.budget ? String(search.budget) : "");
  const trades = useQuery({ queryKey: ["categories"], queryFn: () => ask(categoriesRetrieve()), staleTime: 3_600_000 });
  const go = (change: Partial<JobSearch>): void => {
    const typed = { search: words.trim() || undefined, budget: Math.floor(Number(budget)) || undefined };
    void navigate({ to: "/jobs", search: { ...search, ...typed, ...change } as never });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    go({});
  };
  const narrowed = search.search ?? search.category ?? search.budget ?? search.kind;
  return (
    <form className={classes.filters} onSubmit={submit} role="search" aria-label="Jobs">
      <TextInput
        className={classes.words}
        label="What"
        type="search"
        placeholder="leak, fence, logo…"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <NativeSelect
        label="Trade"
        size="md"
        value={search.category ?? ""}
        onChange={(event) => go({ category: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: "Every trade" },
          ...(trades.data?.results ?? []).map((group) => ({
            group: group.name,
            items: group.children.map((each) => ({ value: each.slug, label: each.name })),
          })),
        ]}
      />
      <NativeSelect
        label="Paid"
        size="md"
        value={search.kind ?? ""}
        onChange={(event) => go({ kind: (event.currentTarget.value || undefined) as JobSearch["kind"] })}
        data={[
          { value: "", label: "Either way" },
          { value: "fixed", label: "For the whole job" },
          { value: "hourly", label: "By the hour" },
        ]}
      />
      <TextInput
        label="At least"
        inputMode="numeric"
        leftSection="$"
        value={budget}
        onChange={(event) => setBudget(event.currentTarget.value.replaceAll(/\D/g, ""))}
      />
      <Button type="submit" className={classes.go}>
        Search
      </Button>
      {narrowed ? (
        <Text size="sm" className={classes.clear}>
          <Link to="/jobs">Clear the filters</Link>
        </Text>
      ) : null}
    </form>
  );
}

function queryOf(search: JobSearch) {
  return {
    page_size: 20,
    search: search.search,
    category: search.category,
    budget_kind: search.kind,
    ...(search.budget ? { budget_min: search.budget * 100, currency: "USD" } : {}),
    ...(search.mine ? { mine: true } : {}),
  };
}
