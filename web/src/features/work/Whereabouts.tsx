import type { Contract } from "@jobsphere/api-client";
import { Anchor, Button, Group, Stack, Switch, Text, Title } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { LazyMap } from "@/components/map/LazyMap";
import { useNow } from "@/components/useNow";
import { useAccount } from "@/lib/account";
import { live, useLive, useLiveStatus } from "@/lib/live/live";
import classes from "./Whereabouts.module.css";
import { agoText, FORGOTTEN_AFTER, mapLink, type Place, readPlace } from "./whereabouts";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** How often at most a moving contractor is shown, and how often one who stands still. */
const MOVING = 5_000;
const STANDING = 45_000;
const KILOMETRE = 1_000;

/** On the way to the work: the contractor may show where they are, and the customer of this contract alone sees it. */
export function Whereabouts({ contract }: { contract: Contract }) {
  const me = useAccount().data?.id;
  const ahead = contract.milestones.some(({ status }) => ["funded", "in_progress", "changes_requested"].includes(status));
  if (contract.status !== "active" || !ahead) return null;
  if (me === contract.contractor.id) return <Sharing contract={contract} />;
  return me === contract.customer.id ? <Seeing contract={contract} /> : null;
}

function Sharing({ contract }: { contract: Contract }) {
  const [sharing, setSharing] = useState(false);
  const [onTheWay, setOnTheWay] = useState(false);
  const [refused, setRefused] = useState("");
  const connected = useLiveStatus() === "live";
  useSharing(sharing, contract.id, onTheWay, (why) => {
    setSharing(false);
    setRefused(why);
  });
  const stop = () => {
    setSharing(false);
    setOnTheWay(false);
  };
  return (
    <section className="js-card" aria-labelledby="where">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4" id="where">
          {t("On your way?")}
        </Title>
        <Text size="sm">
          {sharing
            ? t("{customer} sees where you are, {onTheWay, select, yes {exactly} other {to about a kilometre}}, while this page is open.", { customer: contract.customer.name, onTheWay: onTheWay ? "yes" : "other" })
            : t("Show {customer} where you are. Nobody else sees it, we keep nothing, and it ends when you stop or leave this page.", { customer: contract.customer.name })}
        </Text>
        {sharing ? (
          <Group>
            <Switch
              label={t("I am on the way: show it exactly")}
              checked={onTheWay}
              onChange={(event) => setOnTheWay(event.currentTarget.checked)}
            />
            <Button variant="default" onClick={stop}>
              {t("Stop showing")}
            </Button>
          </Group>
        ) : (
          <Button variant="default" leftSection={<IconMapPin size={18} aria-hidden />} disabled={!connected} onClick={() => setSharing(true)}>
            {t("Show where I am")}
          </Button>
        )}
        {refused ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {refused}
          </Text>
        ) : null}
      </Stack>
    </section>
  );
}

function useSharing(sharing: boolean, contractId: string, onTheWay: boolean, fail: (why: string) => void): void {
  const exactly = useRef(onTheWay);
  const speak = useRef<() => void>(() => undefined);
  useEffect(() => {
    exactly.current = onTheWay;
    speak.current();
  }, [onTheWay]);
  useEffect(() => {
    if (!sharing) return;
    if (!("geolocation" in navigator)) return fail(t("This browser cannot tell where you are."));
    let last: GeolocationCoordinates | undefined;
    let saidAt = 0;
    const say = () => {
      if (!last) return;
      saidAt = Date.now();
      const { latitude, longitude } = last;
      live.send({ type: "location", data: { contract_id: contractId, latitude, longitude, on_the_way: exactly.current } });
    };
    speak.current = say;
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        last = coords;
        if (Date.now() - saidAt >= MOVING) say();
      },
      () => fail(t("Your browser did not tell where you are. You can allow it in its settings.")),
      { enableHighAccuracy: true },
    );
    const timer = setInterval(say, STANDING);
    return () => {
      navigator.geolocation.clearWatch(watch);
      clearInterval(timer);
      speak.current = () => undefined;
      live.send({ type: "location-stop", data: { contract_id: contractId } });
    };
    // `fail` is new with each drawing, and only called while this runs.
    // oxlint-disable-next-line exhaustive-deps
  }, [sharing, contractId]);
}

function Seeing({ contract }: { contract: Contract }) {
  const [place, setPlace] = useState<Place | null>(null);
  const now = useNow(5_000);
  // The same object until they move, so that the map is not drawn again by the clock.
  const spot = useMemo(() => place && { latitude: place.latitude, longitude: place.longitude, metres: place.exact ? 0 : KILOMETRE }, [place]);
  useLive("location", (data) => {
    const told = readPlace(data, contract.id);
    // By this device's clock: the server's may be another one, and in a rehearsal it is.
    if (told !== undefined) setPlace(told && { ...told, at: Date.now() });
  });
  if (!place || now - place.at > FORGOTTEN_AFTER) return null;
  const { name } = contract.contractor;
  return (
    <section className="js-card" aria-labelledby="where">
      <Stack gap={4}>
        <Title order={2} size="h4" id="where">
          {place.exact ? t("{name} is on the way", { name }) : t("{name} shows where they are", { name })}
        </Title>
        <Text size="sm">
          <Said
            text={
              place.exact
                ? "At <0>{latitude}, {longitude} on the map</0>, {ago}."
                : "Within about a kilometre of <0>{latitude}, {longitude} on the map</0>, {ago}."
            }
            tags={[<Anchor href={mapLink(place)} target="_blank" rel="noreferrer noopener" />]}
            values={{ latitude: String(place.latitude), longitude: String(place.longitude), ago: agoText(now - place.at) }}
          />
        </Text>
        <div className={classes.live}>
          <LazyMap
            label={t("Map of where {name} is", { name })}
            somebody={spot}
            somebodyName={name}
          />
        </div>
        <Text size="sm" c="dimmed">
          {t("Only you see this. It is not kept.")}
        </Text>
      </Stack>
    </section>
  );
}
