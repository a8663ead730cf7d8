import type { ContractorInputRequest, CustomerInputRequest, MyContractor, MyCustomer } from "@jobsphere/api-client";
import { type Money, parseMoney, typedText } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

/** A contractor's profile as it stands in the form: everything that is typed is text. */
export interface ContractorFields {
  headline: string;
  bio: string;
  categories: string[];
  skills: string[];
  currency: string;
  hourly_rate: string;
  fixed_from: string;
  place: string;
  latitude: number | null;
  longitude: number | null;
  radius_km: string;
  years_of_experience: string;
  languages: string[];
  availability: string;
}

export type Wrong = Partial<Record<keyof ContractorFields, string>>;

const typed = (money: Money | null | undefined): string => (money ? typedText(money) : "");
const number = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

export function contractorFields(profile: MyContractor | null): ContractorFields {
  return {
    headline: profile?.headline ?? "",
    bio: profile?.bio ?? "",
    categories: profile?.categories.map((word) => word.slug) ?? [],
    skills: profile?.skills.map((word) => word.slug) ?? [],
    currency: profile?.hourly_rate?.currency ?? profile?.fixed_from?.currency ?? "USD",
    hourly_rate: typed(profile?.hourly_rate),
    fixed_from: typed(profile?.fixed_from),
    place: profile?.place ?? "",
    latitude: profile?.latitude ?? null,
    longitude: profile?.longitude ?? null,
    radius_km: number(profile?.radius_km),
    years_of_experience: number(profile?.years_of_experience),
    languages: profile?.languages ?? [],
    availability: profile?.availability ?? "",
  };
}

const WHOLE = /^\d{1,3}$/;

/** What the API gets, or what is wrong with what was typed. */
export function contractorInput(fields: ContractorFields): { input: ContractorInputRequest; wrong: Wrong } {
  const wrong: Wrong = {};
  const price = (name: "hourly_rate" | "fixed_from"): Money | null => {
    if (fields[name].trim() === "") return null;
    const money = parseMoney(fields[name], fields.currency);
    if (!money || money.amount === 0) wrong[name] = t("Write an amount like 85 or 85.50, or leave it empty.");
    return money ?? null;
  };
  const whole = (name: "radius_km" | "years_of_experience"): number | null => {
    const text = fields[name].trim();
    if (text === "") return null;
    if (!WHOLE.test(text)) wrong[name] = t("Write a whole number, or leave it empty.");
    return Number(text);
  };
  if (fields.headline.trim() === "") wrong.headline = t("Say in a line what you do.");
  const { headline, bio, categories, skills, place, latitude, longitude, languages, availability } = fields;
  const input = {
    headline,
    bio,
    categories,
    skills,
    place,
    latitude,
    longitude,
    languages,
    availability,
    hourly_rate: price("hourly_rate"),
    fixed_from: price("fixed_from"),
    radius_km: whole("radius_km"),
    years_of_experience: whole("years_of_experience"),
  };
  return { input, wrong };
}

export function customerInput(profile: MyCustomer | null): Required<CustomerInputRequest> {
  return {
    company: profile?.company ?? "",
    bio: profile?.bio ?? "",
    place: profile?.place ?? "",
    latitude: profile?.latitude ?? null,
    longitude: profile?.longitude ?? null,
    languages: profile?.languages ?? [],
  };
}
