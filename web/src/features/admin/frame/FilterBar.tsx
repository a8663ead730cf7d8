import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { statusWord } from "@jobsphere/domain/words";
import { type FormEvent, useState } from "react";
import type { Filters } from "./filters";
import { t } from "@jobsphere/domain/text";

export interface FilterField {
  name: string;
  label: string;
  /** Values of a choice; without any it is a text. */
  values?: readonly string[];
  /** How a value reads; a status by default. */
  word?: (value: string) => string;
  type?: "date";
}

interface FilterBarProps {
  fields: FilterField[];
  filters: Filters;
  set: (change: Record<string, string | undefined>) => void;
}

/** The filters of a list: choices act at once, texts when they are sent with Enter or left. */
export function FilterBar({ fields, filters, set }: FilterBarProps) {
  const any = fields.some(({ name }) => filters[name]);
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t("Filters")}>
      {fields.map((field) =>
        field.values ? (
          <NativeSelect
            key={field.name}
            label={field.label}
            size="sm"
            value={filters[field.name] ?? ""}
            onChange={(event) => set({ [field.name]: event.currentTarget.value })}
            data={[
              { value: "", label: t("All") },
              ...field.values.map((value) => ({ value, label: field.word?.(value) ?? statusWord(value).text })),
            ]}
          />
        ) : (
          <TextFilter key={`${field.name}:${filters[field.name] ?? ""}`} field={field} value={filters[field.name] ?? ""} set={set} />
        ),
      )}
      {any ? (
        <Button variant="subtle" size="sm" onClick={() => set(Object.fromEntries(fields.map(({ name }) => [name, undefined])))}>
          {t("Show all")}
        </Button>
      ) : null}
    </Group>
  );
}

function TextFilter({ field, value, set }: { field: FilterField; value: string; set: FilterBarProps["set"] }) {
  const [typed, type] = useState(value);
  const send = (): void => {
    if (typed.trim() !== value) set({ [field.name]: typed.trim() });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={field.label}
        size="sm"
        type={field.type ?? "text"}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={send}
      />
    </form>
  );
}
