import { ActionIcon, Button, Group, Menu, NativeSelect, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { clockWords } from "@/components/bookings/zones";
import classes from "./HoursPage.module.css";
import { TIMES } from "./times";
import { t } from "@jobsphere/domain/text";

export interface Range {
  weekday: number;
  starts: number;
  ends: number;
}

const DAYS = [t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday")];

/** The usual hours of each day, several ranges a day; a day can be copied to others. */
export function WeekHours({ value, onChange }: { value: Range[]; onChange: (ranges: Range[]) => void }) {
  const of = (weekday: number): Range[] => value.filter((each) => each.weekday === weekday);
  const put = (weekday: number, ranges: Range[]): Range[] => [...value.filter((each) => each.weekday !== weekday), ...ranges];
  const copy = (from: number, to: number[]): void => {
    const others = value.filter((each) => !to.includes(each.weekday));
    onChange([...others, ...to.flatMap((weekday) => of(from).map((each) => ({ ...each, weekday })))]);
  };
  return (
    <ul className={classes.days}>
      {DAYS.map((name, weekday) => (
        <li key={name}>
          <Text fw={650} pt={8}>
            {name}
          </Text>
          <Ranges name={name} ranges={of(weekday)} onChange={(ranges) => onChange(put(weekday, ranges))} weekday={weekday} />
          <CopyTo name={name} weekday={weekday} copy={(to) => copy(weekday, to)} />
        </li>
      ))}
    </ul>
  );
}

interface RangesProps {
  name: string;
  weekday: number;
  ranges: Range[];
  onChange: (ranges: Range[]) => void;
}

function Ranges({ name, weekday, ranges, onChange }: RangesProps) {
  const change = (index: number, part: Partial<Range>): void =>
    onChange(ranges.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const last = ranges.at(-1)?.ends ?? 480;
  const next = { weekday, starts: Math.min(last + 60, 1380), ends: Math.min(last + 300, 1440) };
  return (
    <div className={classes.ranges}>
      {ranges.length === 0 ? <Text c="dimmed">{t("Not available")}</Text> : null}
      {ranges.map((range, index) => (
        <div key={index} className={classes.range}>
          <NativeSelect
            aria-label={t("{name}, from", { name })}
            value={String(range.starts)}
            data={TIMES.slice(0, -1).map((each) => ({ value: String(each), label: clockWords(each) }))}
            onChange={(event) => change(index, { starts: Number(event.currentTarget.value) })}
          />
          <span aria-hidden>{t("to")}</span>
          <NativeSelect
            aria-label={t("{name}, until", { name })}
            value={String(range.ends)}
            data={TIMES.slice(1).map((each) => ({ value: String(each), label: clockWords(each) }))}
            onChange={(event) => change(index, { ends: Number(event.currentTarget.value) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={t("{name}: remove {clockWords} to {clockWords2}", { name, clockWords: clockWords(range.starts), clockWords2: clockWords(range.ends) })}
            onClick={() => onChange(ranges.filter((_, at) => at !== index))}
          >
            <IconX size={18} />
          </ActionIcon>
        </div>
      ))}
      <Group>
        <Button
          variant="subtle"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          aria-label={t("{name}: add hours", { name })}
          onClick={() => onChange([...ranges, ranges.length === 0 ? { weekday, starts: 540, ends: 1020 } : next])}
        >
          {t("Add hours")}
        </Button>
      </Group>
    </div>
  );
}

function CopyTo({ name, weekday, copy }: { name: string; weekday: number; copy: (to: number[]) => void }) {
  const all = [0, 1, 2, 3, 4, 5, 6].filter((each) => each !== weekday);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="sm" aria-label={t("Copy {name} to other days", { name })}>
          {t("Copy to")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copy(all.filter((each) => each < 5))}>{t("Monday to Friday")}</Menu.Item>
        <Menu.Item onClick={() => copy(all)}>{t("Every day")}</Menu.Item>
        {all.map((each) => (
          <Menu.Item key={each} onClick={() => copy([each])}>
            {DAYS[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
