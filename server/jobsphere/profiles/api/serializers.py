"""Profiles and the taxonomy on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.kit.money import MAX_AMOUNT, is_currency
from jobsphere.profiles.models import ContractorProfile
from jobsphere.profiles.rules import MAX_CATEGORIES, MAX_LANGUAGES, MAX_RADIUS_KM, MAX_SKILLS, MAX_YEARS, average
from jobsphere.profiles.selectors import price
from jobsphere.profiles.types import Badge, CategoryKind
from jobsphere.profiles.verification.rules import badges
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE
from jobsphere.web.serializers import DegreesField, MoneyField, PersonSerializer, StrictSerializer, WordsField


class WordSerializer(serializers.Serializer[Any]):
    """A category or skill by its stable slug."""

    slug = serializers.SlugField()
    name = serializers.CharField()


class CategorySerializer(WordSerializer):
    """A category and where its work is done."""

    kind = serializers.ChoiceField(choices=[str(kind) for kind in CategoryKind])


class CategoryGroupSerializer(CategorySerializer):
    """A group of categories."""

    children = CategorySerializer(many=True)


class SkillSerializer(WordSerializer):
    """A skill and the category where people look for it."""

    category = WordSerializer()


class CategoryListSerializer(serializers.Serializer[Any]):
    """The whole taxonomy: one page."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = CategoryGroupSerializer(many=True)


class SkillListSerializer(serializers.Serializer[Any]):
    """All skills that fit: one page."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = SkillSerializer(many=True)


class SkillQuerySerializer(StrictSerializer):
    """The query of GET /api/skills/."""

    category = serializers.SlugField(max_length=60, default="")
    search = serializers.CharField(max_length=80, default="", allow_blank=True)


def _slugs(most: int) -> serializers.ListField:
    return serializers.ListField(child=serializers.SlugField(max_length=60), max_length=most, required=False)


class SharedInputSerializer(StrictSerializer):
    """What both profiles may say."""

    bio = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    place = serializers.CharField(max_length=120, allow_blank=True, required=False)
    latitude = DegreesField(90, allow_null=True, required=False, help_text="Kept rounded to about 1 km.")
    longitude = DegreesField(180, allow_null=True, required=False, help_text="Kept rounded to about 1 km.")
    languages = serializers.ListField(
        child=serializers.CharField(max_length=8), max_length=MAX_LANGUAGES, required=False, help_text="ISO 639 codes."
    )

    def validate_languages(self, value: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))


class ContractorInputSerializer(SharedInputSerializer):
    """What a contractor says of themselves."""

    headline = serializers.CharField(max_length=120)
    skills = _slugs(MAX_SKILLS)
    categories = _slugs(MAX_CATEGORIES)
    hourly_rate = MoneyField(allow_null=True, required=False)
    fixed_from = MoneyField(allow_null=True, required=False)
    radius_km = serializers.IntegerField(min_value=1, max_value=MAX_RADIUS_KM, allow_null=True, required=False)
    years_of_experience = serializers.IntegerField(min_value=0, max_value=MAX_YEARS, allow_null=True, required=False)
    availability = serializers.CharField(max_length=500, allow_blank=True, required=False)

    def validate_skills(self, value: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))

    def validate_categories(self, value: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))


class CustomerInputSerializer(SharedInputSerializer):
    """What a customer says of themselves."""

    company = serializers.CharField(max_length=120, allow_blank=True, required=False)


class ProfilesInputSerializer(StrictSerializer):
    """One or both of my profiles; what is left out stays as it is."""

    contractor = ContractorInputSerializer(required=False)
    customer = CustomerInputSerializer(required=False)


class PortfolioInputSerializer(StrictSerializer):
    """One finished piece of work."""

    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    url = serializers.URLField(max_length=500, allow_blank=True, required=False)
    completed_on = serializers.DateField(allow_null=True, required=False)


class PortfolioSerializer(PortfolioInputSerializer):
    """One finished piece of work that a contractor shows."""

    id = serializers.UUIDField(read_only=True)


class ContractorCardSerializer(serializers.Serializer[ContractorProfile]):
    """A contractor in a list. No e-mail address, no phone number, no door."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="user.name")
    headline = serializers.CharField()
    categories = WordSerializer(many=True)
    skills = WordSerializer(many=True)
    hourly_rate = serializers.SerializerMethodField()
    fixed_from = serializers.SerializerMethodField()
    place = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True, help_text="Rounded to about 1 km.")
    longitude = serializers.FloatField(allow_null=True, help_text="Rounded to about 1 km.")
    radius_km = serializers.IntegerField(allow_null=True)
    languages = serializers.ListField(child=serializers.CharField())
    years_of_experience = serializers.IntegerField(allow_null=True)
    rating_average = serializers.SerializerMethodField(help_text="Stars of published reviews; null without any.")
    rating_count = serializers.IntegerField()
    badges = serializers.SerializerMethodField(help_text="What staff have seen papers for that are still good.")

    def get_badges(self, profile: ContractorProfile) -> serializers.ListField(  # type: ignore[valid-type]
        child=serializers.ChoiceField(choices=[str(each) for each in Badge])
    ):
        user: Any = profile.user
        return badges(paper.kind for paper in user.good_papers)

    def get_rating_average(self, profile: ContractorProfile) -> serializers.FloatField(allow_null=True):  # type: ignore[valid-type]
        return average(profile.rating_total, profile.rating_count)

    def get_hourly_rate(self, profile: ContractorProfile) -> MoneyField(allow_null=True):  # type: ignore[valid-type]
        return _money(profile.hourly_amount, profile.currency)

    def get_fixed_from(self, profile: ContractorProfile) -> MoneyField(allow_null=True):  # type: ignore[valid-type]
        return _money(profile.fixed_from_amount, profile.currency)


class ContractorSerializer(ContractorCardSerializer):
    """A contractor on their own page."""

    bio = serializers.CharField()
    availability = serializers.CharField()
    portfolio = PortfolioSerializer(many=True)


class MyContractorSerializer(ContractorSerializer):
    """My contractor profile; the portfolio has its own address."""

    portfolio = None  # type: ignore[assignment]
    name = None  # type: ignore[assignment]


class MyCustomerSerializer(serializers.Serializer[Any]):
    """My customer profile."""

    bio = serializers.CharField()
    company = serializers.CharField()
    place = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    languages = serializers.ListField(child=serializers.CharField())


class MyProfilesSerializer(serializers.Serializer[Any]):
    """Who I am here; a profile that I have not written yet is null."""

    person = PersonSerializer()
    contractor = MyContractorSerializer(allow_null=True)
    customer = MyCustomerSerializer(allow_null=True)


class ContractorQuerySerializer(StrictSerializer):
    """The filters of GET /api/contractors/; everything that is given must hold."""

    search = serializers.CharField(max_length=200, default="", allow_blank=True)
    category = serializers.SlugField(max_length=60, default="", help_text="A category or a group of them.")
    skills = WordsField(
        child=serializers.SlugField(max_length=60), max_length=15, default=list, help_text="All of these."
    )
    latitude = DegreesField(90, required=False)
    longitude = DegreesField(180, required=False)
    radius_km = serializers.FloatField(min_value=0.1, max_value=500, required=False, help_text="25 by default.")
    price_min = serializers.IntegerField(min_value=0, max_value=MAX_AMOUNT, required=False)
    price_max = serializers.IntegerField(min_value=0, max_value=MAX_AMOUNT, required=False, help_text="An hour.")
    rating_min = serializers.FloatField(min_value=1, max_value=5, required=False, help_text="Stars.")
    currency = serializers.CharField(required=False, help_text="Of the price; the marketplace's own by default.")
    cursor = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)

    def validate_currency(self, value: str) -> str:
        if not is_currency(value):
            raise serializers.ValidationError("This is not an ISO 4217 code such as USD.", code="currency")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("latitude" in attrs) != ("longitude" in attrs):
            missing = "longitude" if "latitude" in attrs else "latitude"
            raise serializers.ValidationError({missing: "Give latitude and longitude together."}, code="incomplete")
        if "radius_km" in attrs and "latitude" not in attrs:
            raise serializers.ValidationError({"latitude": "A radius needs a centre."}, code="incomplete")
        return attrs


def _money(amount: int | None, currency: str) -> dict[str, int | str] | None:
    money = price(amount, currency)
    return money.to_json() if money else None
