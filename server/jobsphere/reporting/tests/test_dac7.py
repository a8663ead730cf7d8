"""The file of DAC7 against the order of elements that the OECD documents (DPI schema 1.0)."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from jobsphere.invoices.types import BrandView
from jobsphere.reporting.papers.dac7 import DPI, STF, Line, Message, xml_of
from jobsphere.reporting.tests.conftest import PERSON
from jobsphere.reporting.types import FIELDS, Figures

#: Parent: its children in order; "?" may be left out, "*" may be repeated or left out.
ORDER = {
    "DPI_OECD": "MessageSpec DPIBody",
    "MessageSpec": "SendingEntityIN? TransmittingCountry ReceivingCountry MessageType Warning? Contact? MessageRefId"
    " MessageTypeIndic ReportingPeriod Timestamp",
    "DPIBody": "PlatformOperator OtherPlatformOperators? ReportableSeller*",
    "PlatformOperator": "ResCountryCode TIN IN? VAT? Name PlatformBusinessName? Address Nexus? AssumedReporting?"
    " DocSpec",
    "ReportableSeller": "Identity RelevantActivities DocSpec",
    "Identity": "EntitySeller? IndividualSeller?",
    "EntitySeller": "Standard",
    "IndividualSeller": "Standard",
    "Standard": "EntSellerID? IndSellerID? FinancialIdentifier* PermanentEstablishments?",
    "EntSellerID": "ResCountryCode TIN IN? VAT? Name PlatformBusinessName? Address Nexus? AssumedReporting?",
    "IndSellerID": "ResCountryCode TIN VAT? Name Address Nationality? BirthInfo",
    "BirthInfo": "BirthDate BirthPlace?",
    "BirthPlace": "City CitySubentity? CountryInfo",
    "CountryInfo": "CountryCode? FormerCountryName?",
    "FinancialIdentifier": "Identifier AccountHolderName? OtherInfo?",
    "Address": "CountryCode AddressFree? AddressFix? ",
    "AddressFix": "Street? BuildingIdentifier? SuiteIdentifier? FloorIdentifier? DistrictName? POB? PostCode? City"
    " CountrySubentity?",
    "RelevantActivities": "ImmovableProperty? PersonalServices? SaleOfGoods? TransportationRental?",
    "PersonalServices": "Consideration NumberOfActivities Fees Taxes",
    "Consideration": "ConsQ1 ConsQ2 ConsQ3 ConsQ4",
    "NumberOfActivities": "NumbQ1 NumbQ2 NumbQ3 NumbQ4",
    "Fees": "FeesQ1 FeesQ2 FeesQ3 FeesQ4",
    "Taxes": "TaxesQ1 TaxesQ2 TaxesQ3 TaxesQ4",
    "DocSpec": "DocTypeIndic DocRefId CorrMessageRefId? CorrDocRefId?",
}
OPERATOR = BrandView(
    name="Jøbsphere <GmbH>", address="Markt 1\nBerlin", country="DE", tax_number="DE136695976", colour="#0b6e4f"
)
MONEY = Figures("EUR", (100_50, 0, 0, 200_49, *(0,) * 8), (1,) * 12, (0,) * 12, (1, 0, 0, 2, *(0,) * 8), (0,) * 12)


def said(**changes: str) -> dict[str, str]:
    return {**dict.fromkeys(FIELDS, ""), **PERSON, **changes}


def tree(details: dict[str, str], *, correction: bool = False, **line: Any) -> Element:
    message = Message(2026, "DE2026-X", "DE2026-X-OP", datetime(2027, 1, 5, tzinfo=UTC), correction)
    return ElementTree.fromstring(xml_of(message, OPERATOR, [Line(details, MONEY, "DE2026-X-1", **line)]))


def local(part: Element) -> str:
    return part.tag.split("}")[1]


def problems(part: Element) -> list[str]:
    """Return where a part, or a part of it, is not in the documented order."""
    found = [each for child in part for each in problems(child)]
    if local(part) not in ORDER or (local(part) == "Name" and len(part)):
        return found
    left = [local(child) for child in part]
    for each in ORDER[local(part)].split():
        name, may_lack = each.rstrip("?*"), each[-1] in "?*"
        if left[:1] == [name]:
            while left[:1] == [name]:
                left.pop(0)
                if not each.endswith("*"):
                    break
        elif not may_lack:
            found.append(f"{local(part)} lacks {name}")
    return [*found, *(f"{local(part)} has {name} out of its place" for name in left)]


@pytest.mark.parametrize(
    "details",
    [
        said(),
        said(vat_number="DE136695976", birth_city="Kraków", birth_country="PL", tin="", no_tin="yes"),
        said(
            kind="entity", legal_name="Łódzki & Söhne GmbH", registration_number="HRB 1", account="12345", region="BE"
        ),
    ],
)
def test_the_order_of_elements(details: dict[str, str]) -> None:
    root = tree(details)
    assert problems(root) == []
    assert {part.tag.split("}")[0].strip("{") for part in root.iter()} == {DPI, STF}


def test_amounts_are_whole_units_by_quarter_in_the_currency_paid() -> None:
    root = tree(said())
    paid = root.find(f".//{{{DPI}}}Consideration")
    assert paid is not None
    assert [(part.text, part.attrib) for part in paid] == [
        ("101", {"currCode": "EUR"}),
        ("200", {"currCode": "EUR"}),
        ("0", {"currCode": "EUR"}),
        ("0", {"currCode": "EUR"}),
    ]
    counts = root.find(f".//{{{DPI}}}NumberOfActivities")
    assert counts is not None
    assert [part.text for part in counts] == ["1", "2", "0", "0"]


def test_a_correction_sends_the_operator_again_and_names_what_it_corrects() -> None:
    root = tree(said(), correction=True, change="corrected", corrects="DE2026-W-1")
    kinds = [part.text for part in root.iter(f"{{{STF}}}DocTypeIndic")]
    assert kinds == ["OECD0", "OECD2"]
    assert root.findtext(f".//{{{STF}}}CorrDocRefId") == "DE2026-W-1"
    assert root.findtext(f".//{{{DPI}}}MessageTypeIndic") == "DPI402"
