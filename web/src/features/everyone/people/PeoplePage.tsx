import { contractorsList, type ContractorCard } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconMapPin, IconSearch, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { MapAndList } from "@/components/map/MapAndList";
import type { MapPoint } from "@/components/map/points";
import { Page } from "@/components/Page";
import { LoadMore, usePages } from "@/components/pages";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { areaIn } from "@/lib/area";
import { useCategories } from "@/lib/categories";
import { findHere } from "@/lib/here";
import { type PeopleFilters, toQuery } from "./filters";
import classes from "./PeoplePage.module.css";
import { PersonCard } from "./PersonCard";
import { coded, t } from "@jobsphere/domain/text";

/** Everybody who can be hired; the filters live in the address, so a list can be shared and goes back. */
export function PeoplePage() {
  const filters = useSearch({ strict: false }) as PeopleFilters;
  // The view is no part of the question: list and map show one answer.
  const { view: _, ...asked } = filters;
  const people = usePages<ContractorCard>(["contractors", asked], (cursor) =>
    ask(contractorsList({ query: { ...toQuery(filters, "USD"), cursor, page_size: 40 } })),
  );
  return (
    <Page wide title={t("Find a contractor")} lead={t("Look by trade, price and distance, and book or invite directly.")}>
      <Filters key={JSON.stringify(asked)} filters={filters} />
      <FoundOnMap people={people} filters={filters} />
    </Page>
  );
}

function FoundOnMap({ people, filters }: { people: ReturnType<typeof usePages<ContractorCard>>; filters: PeopleFilters }) {
  const navigate = useNavigate();
  const { rows } = people;
  const points = useMemo(() => (rows ?? []).flatMap(pointOf), [rows]);
  const { latitude, longitude, radius_km, view, ...words } = filters;
  const area = useMemo(() => areaIn({ latitude, longitude, radius_km } as PeopleFilters), [latitude, longitude, radius_km]);
  const go = (change: PeopleFilters): void => {
    void navigate({ to: "/contractors", search: { ...filters, ...change } as never, resetScroll: false });
  };
  const card = (id: string) => {
    const person = rows?.find((each) => each.id === id);
    return person ? <PersonCard person={person} /> : null;
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
      {people.isError ? <Failed error={people.error} retry={() => void people.refetch()} /> : null}
      {people.isPending ? <Loading rows={4} height={150} /> : null}
      {rows?.length === 0 ? <Empty title={t("Nobody fits that")}>{t("Take a filter away, or look further around.")}</Empty> : null}
      <ul className={classes.people} aria-label={t("Contractors")}>
        {rows?.map((person) => (
          <li key={person.id} data-map-id={person.id} className="js-far">
            <PersonCard person={person} />
          </li>
        ))}
      </ul>
      <LoadMore {...people} />
    </MapAndList>
  );
}

/** A contractor on the map: where they work from, to about a kilometre, and what an hour costs. */
function pointOf(person: ContractorCard): MapPoint[] {
  if (person.latitude === null || person.longitude === null) return [];
  const price = person.hourly_rate ?? person.fixed_from;
  const label = price ? formatMoney(price, { short: true }) : person.name;
  return [{ id: person.id, latitude: person.latitude, longitude: person.longitude, label, name: `${person.name}, ${person.headline}` }];
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
    <form className={classes.filters} onSubmit={submit} role="search" aria-label={t("Contractors")}>
      <TextInput
        label={t("What, or who")}
        placeholder={t("tiler, oak floor, Pat")}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed.search}
        onChange={(event) => setTyped({ ...typed, search: event.currentTarget.value })}
        className={classes.wide}
      />
      <CategorySelect value={filters.category ?? ""} onChange={(category) => show({ category })} />
      <TextInput
        label={t("At most")}
        inputMode="decimal"
        placeholder={t("any price")}
        leftSection="$"
        value={typed.price_max}
        onChange={(event) => setTyped({ ...typed, price_max: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("Stars")}
        size="md"
        value={filters.rating_min ? String(filters.rating_min) : ""}
        onChange={(event) => show({ rating_min: Number(event.currentTarget.value) || undefined })}
        data={[{ value: "", label: t("Any") }, ...["4.5", "4", "3"].map((value) => ({ value, label: t("{value} and more", { value }) }))]}
      />
      <Group gap="sm" className={classes.buttons}>
        <Button type="submit">{t("Search")}</Button>
        <Near filters={filters} show={show} />
      </Group>
    </form>
  );
}

function CategorySelect({ value, onChange }: { value: string; onChange: (slug: string) => void }) {
  const { data } = useCategories();
  const groups = (data?.results ?? []).map((group) => ({
    group: coded("trade", group.slug, group.name),
    items: group.children.map((each) => ({ value: each.slug, label: coded("trade", each.slug, each.name) })),
  }));
  return (
    <NativeSelect
      label={t("Trade")}
      size="md"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: "", label: t("Every trade") }, ...groups]}
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
          {t("Near me")}
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
        aria-label={t("How far from here")}
        size="md"
        value={String(filters.radius_km ?? 25)}
        onChange={(event) => show({ radius_km: Number(event.currentTarget.value) })}
        data={["5", "10", "25", "50", "100"].map((value) => ({ value, label: t("within {value} km", { value }) }))}
      />
      <Button
        variant="default"
        leftSection={<IconX size={18} aria-hidden />}
        onClick={() => show({ latitude: undefined, longitude: undefined, radius_km: undefined })}
      >
        {t("Anywhere")}
      </Button>
    </>
  );
}
