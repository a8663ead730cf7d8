import { type Package, packagesCreate, packagesDestroy, packagesList, packagesUpdate, type PackageWriteRequest } from "@jobsphere/api-client";
import { formatMoney, typedText } from "@jobsphere/domain/money";
import { ActionIcon, Button, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { lengthWords } from "@/components/bookings/zones";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

/** What can be booked of a contractor at a listed price. */
export function PackagesPage() {
  const packages = useQuery({ queryKey: ["packages", "mine"], queryFn: () => ask(packagesList()) });
  const [editing, setEditing] = useState<Package | "new">();
  return (
    <Page
      title={t("My packages")}
      lead={t("What customers book at your price, without asking first.")}
      aside={<Button onClick={() => setEditing("new")}>{t("Add a package")}</Button>}
      narrow
    >
      {packages.isError ? (
        <Failed error={packages.error} retry={() => void packages.refetch()} />
      ) : !packages.data ? (
        <Loading rows={2} height={120} />
      ) : packages.data.length === 0 ? (
        <Empty title={t("Nothing is listed yet")}>{t("Name a job that you often do, how long it takes and what it costs.")}</Empty>
      ) : (
        packages.data.map((each) => <OnePackage key={each.id} offer={each} edit={() => setEditing(each)} />)
      )}
      {editing ? <Editor offer={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} /> : null}
    </Page>
  );
}

function OnePackage({ offer, edit }: { offer: Package; edit: () => void }) {
  const remove = useVerb<void>(
    () => ask(packagesDestroy({ path: { package_id: offer.id } })),
    () => void notifications.show({ message: t("Removed. Bookings of it stay.") }),
  );
  return (
    <article className="js-card" aria-label={offer.title}>
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h4">
          {offer.title}
        </Title>
        <Text fw={700} className="js-number">
          {formatMoney(offer.price)}
        </Text>
      </Group>
      <Text c="dimmed">{lengthWords(offer.minutes)}</Text>
      {offer.description ? <Text>{offer.description}</Text> : null}
      {offer.extras.map((extra) => (
        <Text key={extra.id} size="sm">
          {t("{title}: {price} more", { title: extra.title, price: formatMoney(extra.price) })}
        </Text>
      ))}
      {remove.isError ? <Failed error={remove.error} /> : null}
      <Group gap="sm" mt="sm">
        <Button variant="default" onClick={edit} aria-label={t("Change {title}", { title: offer.title })}>
          {t("Change")}
        </Button>
        <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate()} aria-label={t("Remove {title}", { title: offer.title })}>
          {t("Remove")}
        </Button>
      </Group>
    </article>
  );
}

interface ExtraFields {
  id: string;
  title: string;
  minutes: number;
  price: string;
}

const LENGTHS = [15, 30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 360, 420, 480, 540, 600, 660, 720];

function lengths(value: number, none = false) {
  const known = [...(none ? [0] : []), ...LENGTHS];
  return [...new Set([...known, value])]
    .toSorted((a, b) => a - b)
    .map((each) => ({ value: String(each), label: each ? lengthWords(each) : t("no more time") }));
}

function Editor({ offer, close }: { offer: Package | undefined; close: () => void }) {
  const currency = offer?.price.currency ?? "USD";
  const [fields, setFields] = useState({
    title: offer?.title ?? "",
    description: offer?.description ?? "",
    category: offer?.category ?? "",
    minutes: offer?.minutes ?? 60,
    price: offer ? typedText(offer.price) : "",
  });
  const [extras, setExtras] = useState<ExtraFields[]>(
    (offer?.extras ?? []).map((each) => ({ ...each, id: each.id ?? "", price: typedText(each.price) })),
  );
  const [judged, setJudged] = useState(false);
  const categories = useCategories();
  const set = (change: Partial<typeof fields>): void => setFields({ ...fields, ...change });
  const body = bodyOf(fields, extras, currency);
  const save = useVerb<PackageWriteRequest>(
    (wanted) => ask(offer ? packagesUpdate({ path: { package_id: offer.id }, body: wanted }) : packagesCreate({ body: wanted })),
    () => {
      notifications.show({ message: t("Saved.") });
      close();
    },
  );
  const problem = save.isError ? asProblem(save.error) : undefined;
  const choices = (categories.data?.results ?? []).flatMap((group) => group.children);
  return (
    <Dialog
      title={offer ? t("Change the package") : t("Add a package")}
      confirm={t("Save the package")}
      busy={save.isPending}
      error={save.error}
      onConfirm={() => (body ? save.mutate(body) : setJudged(true))}
      onClose={close}
    >
      <TextInput
        label={t("Name")}
        placeholder={t("Boiler service")}
        required
        maxLength={120}
        value={fields.title}
        error={judged && !fields.title.trim() ? t("Give it a name.") : problem?.at("/title")}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t("What is in it")}
        maxLength={1000}
        value={fields.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("Trade")}
        value={fields.category}
        error={problem?.at("/category")}
        data={[{ value: "", label: t("Any") }, ...choices.map(({ slug, name }) => ({ value: slug, label: name }))]}
        onChange={(event) => set({ category: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("How long")}
        value={String(fields.minutes)}
        data={lengths(fields.minutes)}
        error={problem?.at("/minutes")}
        onChange={(event) => set({ minutes: Number(event.currentTarget.value) })}
      />
      <MoneyInput
        label={t("Price")}
        required
        currency={currency}
        value={fields.price}
        error={judged ? readMoney(fields.price, currency, "price").problem : problem?.at("/price")}
        onChange={(price) => set({ price })}
      />
      <Extras value={extras} onChange={setExtras} currency={currency} judged={judged} />
    </Dialog>
  );
}

function bodyOf(
  fields: { title: string; description: string; category: string; minutes: number; price: string },
  extras: ExtraFields[],
  currency: string,
): PackageWriteRequest | undefined {
  const price = readMoney(fields.price, currency).money;
  const priced = extras.map((each) => ({ ...each, price: readMoney(each.price, currency).money }));
  if (!price || !fields.title.trim()) return undefined;
  const whole = priced.filter((each): each is typeof each & { price: typeof price } => Boolean(each.price && each.title.trim()));
  return whole.length === extras.length ? { ...fields, price, extras: whole } : undefined;
}

interface ExtrasProps {
  value: ExtraFields[];
  onChange: (extras: ExtraFields[]) => void;
  currency: string;
  judged: boolean;
}

function Extras({ value, onChange, currency, judged }: ExtrasProps) {
  const change = (index: number, part: Partial<ExtraFields>): void =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return (
    <Stack gap="sm" role="group" aria-label={t("Extras")}>
      <Text fw={600}>{t("Extras")}</Text>
      {value.map((extra, index) => (
        <Stack key={extra.id || index} gap="xs" className="js-card">
          <Group justify="space-between" wrap="nowrap">
            <TextInput
              aria-label={t("Extra {index}: name", { index: index + 1 })}
              placeholder={t("Flush the pipes")}
              value={extra.title}
              error={judged && !extra.title.trim() ? t("Give it a name.") : undefined}
              onChange={(event) => change(index, { title: event.currentTarget.value })}
              style={{ flex: 1 }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={44}
              aria-label={t("Remove extra {index}", { index: index + 1 })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconX size={18} />
            </ActionIcon>
          </Group>
          <Group grow align="flex-start">
            <MoneyInput
              aria-label={t("Extra {index}: price", { index: index + 1 })}
              currency={currency}
              value={extra.price}
              error={judged ? readMoney(extra.price, currency, "price").problem : undefined}
              onChange={(price) => change(index, { price })}
            />
            <NativeSelect
              aria-label={t("Extra {index}: more time", { index: index + 1 })}
              value={String(extra.minutes)}
              data={lengths(extra.minutes, true)}
              onChange={(event) => change(index, { minutes: Number(event.currentTarget.value) })}
            />
          </Group>
        </Stack>
      ))}
      <Group>
        <Button variant="default" onClick={() => onChange([...value, { id: "", title: "", minutes: 0, price: "" }])}>
          {t("Add an extra")}
        </Button>
      </Group>
    </Stack>
  );
}
