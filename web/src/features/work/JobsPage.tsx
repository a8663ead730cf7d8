import { categoriesRetrieve, type JobCard, jobsList } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { MapAndList } from "@/components/map/MapAndList";
import type { MapPoint } from "@/components/map/points";
import { LoadMore, usePages } from "@/components/pages";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useRole, useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { areaIn } from "@/lib/area";
import { budgetText } from "./budget";
import { JobCardLink } from "./JobCardLink";
import classes from "./JobsPage.module.css";
import type { JobSearch } from "./search";
import { coded, t } from "@jobsphere/domain/text";

/** Every open job, found by words, trade and money. The filters live in the address, so a search can be shared. */
export function JobsPage() {
  const search = useSearch({ strict: false }) as JobSearch;
  const role = useRole();
  const signedIn = useSignedIn();
  // The view is no part of the question: list and map show one answer.
  const { view: _, ...asked } = search;
  const jobs = usePages(["jobs", "list", asked], (cursor) => ask(jobsList({ query: { ...queryOf(search), cursor } })));
  const title = search.mine ? t("My jobs") : t("Find work");
  return (
    <Page
      wide={!search.mine}
      title={title}
      lead={search.mine ? t("Everything you posted, drafts too.") : t("Open jobs near and far. The budget is reserved before you begin.")}
      aside={
        role.contractor && !role.customer ? null : (
          <Button component={Link} to="/jobs/new">
            {t("Post a job")}
          </Button>
        )
      }
    >
      {signedIn && role.customer ? <Whose mine={search.mine === true} /> : null}
      {search.mine ? null : <Filters key={JSON.stringify(asked)} search={search} />}
      {search.mine ? <Found jobs={jobs} mine /> : <FoundOnMap jobs={jobs} search={search} />}
    </Page>
  );
}

type Jobs = ReturnType<typeof usePages<JobCard>>;

function Found({ jobs, mine }: { jobs: Jobs; mine: boolean }) {
  return (
    <>
      {jobs.isPending ? <Loading rows={5} height={140} /> : null}
      {jobs.isError ? <Failed error={jobs.error} retry={() => void jobs.refetch()} /> : null}
      {jobs.rows ? <JobList rows={jobs.rows} mine={mine} /> : null}
      <LoadMore {...jobs} />
    </>
  );
}

function FoundOnMap({ jobs, search }: { jobs: Jobs; search: JobSearch }) {
  const navigate = useNavigate();
  const { rows } = jobs;
  const points = useMemo(() => (rows ?? []).flatMap(pointOf), [rows]);
  const { latitude, longitude, radius_km, view, ...words } = search;
  const area = useMemo(() => areaIn({ latitude, longitude, radius_km } as JobSearch), [latitude, longitude, radius_km]);
  const go = (change: Partial<JobSearch>): void => {
    void navigate({ to: "/jobs", search: { ...search, ...change } as never, resetScroll: false });
  };
  const card = (id: string) => {
    const job = rows?.find((each) => each.id === id);
    return job ? <JobCardLink job={job} showStatus={false} /> : null;
  };
  return (
    <MapAndList
      points={points}
      area={area}
      searched={JSON.stringify(words)}
      view={view ?? "list"}
      onView={(shown) => go({ view: shown === "map" ? "map" : undefined })}
      onArea={go}
      card={card}
    >
      <Found jobs={jobs} mine={false} />
    </MapAndList>
  );
}

/** A job on the map: where it is to about a kilometre, and what it pays. */
function pointOf(job: JobCard): MapPoint[] {
  if (job.latitude === null || job.longitude === null) return [];
  const price = job.budget ? formatMoney(job.budget.max, { short: true }) : t("Open");
  return [{ id: job.id, latitude: job.latitude, longitude: job.longitude, label: price, name: `${job.title}, ${budgetText(job.budget)}` }];
}

function JobList({ rows, mine }: { rows: Parameters<typeof JobCardLink>[0]["job"][]; mine: boolean }) {
  if (rows.length === 0) {
    return mine ? (
      <Empty title={t("No jobs yet")} action={<Button component={Link} to="/jobs/new">{t("Post your first job")}</Button>}>
        {t("Say what you need in two minutes; contractors answer with a price.")}
      </Empty>
    ) : (
      <Empty title={t("Nothing like that right now")} action={<Button component={Link} to="/jobs" variant="default">{t("Show every job")}</Button>}>
        {t("Try fewer words, another trade, or a lower budget.")}
      </Empty>
    );
  }
  return (
    <Stack component="ul" gap="sm" className={classes.list}>
      {rows.map((job) => (
        <li key={job.id} data-map-id={job.id} className="js-far">
          <JobCardLink job={job} showStatus={mine} />
        </li>
      ))}
    </Stack>
  );
}

function Whose({ mine }: { mine: boolean }) {
  return (
    <nav className={classes.tabs} aria-label={t("Which jobs")}>
      <Link to="/jobs" className={classes.tab} aria-current={mine ? undefined : "page"}>
        {t("All open jobs")}
      </Link>
      <Link to="/jobs" search={{ mine: true } as never} className={classes.tab} aria-current={mine ? "page" : undefined}>
        {t("My jobs")}
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
    void navigate({ to: "/jobs", search: { ...search, ...typed, ...change } as never, resetScroll: false });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    go({});
  };
  const narrowed = search.search ?? search.category ?? search.budget ?? search.kind ?? search.latitude;
  return (
    <form className={classes.filters} onSubmit={submit} role="search" aria-label={t("Jobs")}>
      <TextInput
        className={classes.words}
        label={t("What")}
        type="search"
        placeholder={t("leak, fence, logo…")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("Trade")}
        size="md"
        value={search.category ?? ""}
        onChange={(event) => go({ category: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("Every trade") },
          ...(trades.data?.results ?? []).map((group) => ({
            group: coded("trade", group.slug, group.name),
            items: group.children.map((each) => ({ value: each.slug, label: coded("trade", each.slug, each.name) })),
          })),
        ]}
      />
      <NativeSelect
        label={t("Paid")}
        size="md"
        value={search.kind ?? ""}
        onChange={(event) => go({ kind: (event.currentTarget.value || undefined) as JobSearch["kind"] })}
        data={[
          { value: "", label: t("Either way") },
          { value: "fixed", label: t("For the whole job") },
          { value: "hourly", label: t("By the hour") },
        ]}
      />
      <TextInput
        label={t("At least")}
        inputMode="numeric"
        leftSection="$"
        value={budget}
        onChange={(event) => setBudget(event.currentTarget.value.replaceAll(/\D/g, ""))}
      />
      <Button type="submit" className={classes.go}>
        {t("Search")}
      </Button>
      {narrowed ? (
        <Text size="sm" className={classes.clear}>
          <Link to="/jobs" search={(search.view ? { view: search.view } : {}) as never}>
            {t("Clear the filters")}
          </Link>
        </Text>
      ) : null}
    </form>
  );
}

function queryOf(search: JobSearch) {
  return {
    page_size: 40,
    search: search.search,
    latitude: search.latitude,
    longitude: search.longitude,
    radius_km: search.radius_km,
    category: search.category,
    budget_kind: search.kind,
    ...(search.budget ? { budget_min: search.budget * 100, currency: "USD" } : {}),
    ...(search.mine ? { mine: true } : {}),
  };
}
