import { contractorsList, type ContractorCard } from "@jobsphere/api-client";
import { Button, Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconMapPin, IconSearch, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { LoadMore, usePages } from "@/components/pages";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { findHere } from "@/lib/here";
import { type PeopleFilters, toQuery } from "./filters";
import classes from "./PeoplePage.module.css";
import { PersonCard } from "./PersonCard";

/** Everybody who can be hired; the filters live in the address, so a list can be shared and goes back. */
export function PeoplePage() {
  const filters = useSearch({ strict: false }) as PeopleFilters;
  const people = usePages<ContractorCard>(["contractors", filters], (cursor) =>
    ask(contractorsList({ query: { ...toQuery(filters, "USD"), cursor, page_size: 24 } })),
  );
  return (
    <Page title="Find a contractor" lead="Look by trade, price and distance, and book or invite directly.">
      <Filters key={JSON.stringify(filters)} filters={filters} />
      {people.isError ? <Failed error={people.error} retry={() => void people.refetch()} /> : null}
      {people.isPending ? <Loading rows={4} height={150} /> : null}
      {people.rows?.length === 0 ? (
        <Empty title="Nobody fits that">Take a filter away, or look further around.</Empty>
      ) : null}
      <ul className={classes.people} aria-label="Contractors">
        {people.rows?.map((person) => (
          <li key={person.id}>
            <PersonCard person={person} />
          </li>
        ))}
      </ul>
      <LoadMore {...people} />
    </Page>
  );
}

function Filters({ filters }: { filters: PeopleFilters }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ search: filters.search ?? "", price_max: filters.price_max ?? "" });
  const show = (change: PeopleFilters): void => {
    void navigate({ to: "/contractors", search: { ...filters, ...typed, ...change } as never, resetScroll: false });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    show({});
  };
  return (
    <form className={classes.filters} onSubmit={submit} role="search" aria-label="Contractors">
      <TextInput
        label="What, or who"
        placeholder="tiler, oak floor, Pat"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed.search}
        onChange={(event) => setTyped({ ...typed, search: event.currentTarget.value })}
        className={classes.wide}
      />
      <CategorySelect value={filters.category ?? ""} onChange={(category) => show({ category })} />
      <TextInput
        label="At most"
        inputMode="decimal"
        placeholder="any price"
        leftSection="$"
        value={typed.price_max}
        onChange={(event) => setTyped({ ...typed, price_max: event.currentTarget.value })}
      />
      <Group gap="sm" className={classes.buttons}>
        <Button type="submit">Search</Button>
        <Near filters={filters} show={show} />
      </Group>
    </form>
  );
}

function CategorySelect({ value, onChange }: { value: string; onChange: (slug: string) => void }) {
  const { data } = useCategories();
  const groups = (data?.results ?? []).map((group) => ({
    group: group.name,
    items: group.children.map((each) => ({ value: each.slug, label: each.name })),
  }));
  return (
    <NativeSelect
      label="Trade"
      size="md"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: "", label: "Every trade" }, ...groups]}
    />
  );
}

interface NearProps {
  filters: PeopleFilters;
  show: (change: PeopleFilters) => void;
}

function Near({ filters, show }: NearProps) {
  const look = useMutation({ mutationFn: findHere, onSuccess: (here) => show({ ...here, radius_km: 25 }) });
  if (filters.latitude === undefined) {
    return (
      <>
        <Button
          variant="default"
          leftSection={<IconMapPin size={18} aria-hidden />}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          Near me
        </Button>
        {look.isError ? (
          <Text role="alert" size="sm" c="var(--mantine-color-error)">
            {look.error.message}
          </Text>
        ) : null}
      </>
    );
  }
  return (
    <>
      <NativeSelect
        aria-label="How far from here"
        size="md"
        value={String(filters.radius_km ?? 25)}
        onChange={(event) => show({ radius_km: Number(event.currentTarget.value) })}
        data={["5", "10", "25", "50", "100"].map((value) => ({ value, label: `within ${value} km` }))}
      />
      <Button
        variant="default"
        leftSection={<IconX size={18} aria-hidden />}
        onClick={() => show({ latitude: undefined, longitude: undefined, radius_km: undefined })}
      >
        Anywhere
      </Button>
    </>
  );
}
