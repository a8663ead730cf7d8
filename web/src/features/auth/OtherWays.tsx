import { Button } from "@mantine/core";
import { type Way, WAYS } from "./ways";

/** What else a person can show, as buttons below the field. */
export function OtherWays({ ways, choose }: { ways: Way[]; choose: (way: Way) => void }) {
  return ways.map((way) => (
    <Button key={way} variant="subtle" size="sm" style={{ alignSelf: "flex-start" }} onClick={() => choose(way)}>
      {WAYS[way].instead}
    </Button>
  ));
}
