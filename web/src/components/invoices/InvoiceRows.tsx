import type { Invoice } from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { IconFileInvoice, IconReceiptRefund } from "@tabler/icons-react";
import { Row, Rows } from "@/components/Rows";
import { formatDay } from "@/lib/time";
import { amountOf, headingOf } from "./words";

/** Documents as a list; each leads to its page. */
export function InvoiceRows({ invoices, label }: { invoices: Invoice[]; label: string }) {
  return (
    <Rows label={label}>
      {invoices.map((each) => (
        <Row
          key={each.id}
          to={`/invoices/${each.id}`}
          mark={each.type === "credit_note" ? <IconReceiptRefund size={22} aria-hidden /> : <IconFileInvoice size={22} aria-hidden />}
          title={headingOf(each)}
          text={each.title}
          under={<Text span size="sm" c="dimmed" className="js-number">{`${formatDay(each.issued_on)} · ${each.number}`}</Text>}
          end={<strong className="js-number">{amountOf(each)}</strong>}
        />
      ))}
    </Rows>
  );
}
