import { Drawer, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { LoadMore } from "@/components/pages";
import { Empty, Failed, Loading } from "@/components/States";
import classes from "./Listing.module.css";
import { t } from "@jobsphere/domain/text";

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ReactNode;
  /** Amounts stand at the end of their column. */
  end?: boolean;
}

interface ListingProps<Row> {
  label: string;
  pages: {
    rows: Row[] | undefined;
    isError: boolean;
    error: unknown;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  columns: Column<Row>[];
  /** The first column is the way into the row. */
  onOpen?: (row: Row) => void;
  empty: { title: string; text: string };
}

/** A list of the back office: a table on a wide screen, cards on a phone. */
export function Listing<Row extends { id: string }>({ label, pages, columns, onOpen, empty }: ListingProps<Row>) {
  if (pages.isError) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  if (!pages.rows) return <Loading rows={6} height={58} />;
  if (pages.rows.length === 0) return <Empty title={empty.title}>{empty.text}</Empty>;
  return (
    <>
      <div className={classes.wrap}>
        <table className={classes.table} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.label} scope="col" data-end={column.end || undefined}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pages.rows.map((row) => (
              <tr key={row.id}>
                {columns.map((column, index) => (
                  <td key={column.label} data-label={column.label} data-end={column.end || undefined}>
                    {index === 0 && onOpen ? (
                      <button type="button" className={classes.open} onClick={() => onOpen(row)}>
                        {column.cell(row)}
                      </button>
                    ) : (
                      <span>{column.cell(row)}</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <LoadMore {...pages} />
    </>
  );
}

export function Small({ children }: { children: ReactNode }) {
  return <span className={classes.small}>{children}</span>;
}

/** What is known of a thing, in pairs. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {of
        .filter(([, value]) => value !== "" && value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

interface DetailProps {
  title: ReactNode;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** One row in full, beside its list; over it on a phone. */
export function Detail({ title, opened, onClose, children }: DetailProps) {
  const phone = useMediaQuery("(width < 48em)");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={phone ? "100%" : 520}
      title={title}
      closeButtonProps={{ "aria-label": t("Close"), size: 44 }}
      styles={{
        title: { fontFamily: "var(--js-heading)", fontSize: "1.3rem", fontWeight: 700 },
        content: { background: "var(--js-card)" },
        header: { background: "var(--js-card)" },
        body: { display: "grid", gap: "1.5rem", paddingBottom: "4rem" },
      }}
    >
      {opened ? children : <Text />}
    </Drawer>
  );
}
