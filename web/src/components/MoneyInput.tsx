import { TextInput, type TextInputProps } from "@mantine/core";
import { minorDigits } from "@jobsphere/domain/money";

interface MoneyInputProps extends Omit<TextInputProps, "value" | "onChange"> {
  currency: string;
  /** What was typed; read it with `parseMoney`. */
  value: string;
  onChange: (text: string) => void;
}

/** An amount as a person types it, with its currency in sight. Text, never a float. */
export function MoneyInput({ currency, value, onChange, ...rest }: MoneyInputProps) {
  return (
    <TextInput
      inputMode={minorDigits(currency) > 0 ? "decimal" : "numeric"}
      autoComplete="off"
      rightSection={<span aria-hidden>{currency}</span>}
      rightSectionWidth={64}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...rest}
    />
  );
}
