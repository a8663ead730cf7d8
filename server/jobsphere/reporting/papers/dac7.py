"""DAC7 as XML: the OECD's DPI schema, version 1.0 (namespace urn:oecd:ties:dpi:v1), which the EU's exchange uses.

Element names and their order follow the OECD's user guide of June 2022 ("Model Rules for Reporting by Platform
Operators: XML Schema"). The official XSD is no part of this repository; `tests/test_dac7.py` holds the file to the
documented order. Amounts are whole units (`MonAmnt_Type` is an integer) in the currency that was paid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from jobsphere.invoices.types import BrandView
from jobsphere.kit.money import minor_digits
from jobsphere.reporting.rules import whole_units
from jobsphere.reporting.types import Figures

DPI, STF = "urn:oecd:ties:dpi:v1", "urn:oecd:ties:dpistf:v1"
#: New data and corrections are messages of their own.
NEW_MESSAGE, CORRECTION_MESSAGE = "DPI401", "DPI402"
#: What a DocSpec says of its record; the operator's own is sent again unchanged with a correction.
INDICATORS = {"new": "OECD1", "corrected": "OECD2", "deleted": "OECD3", "resent": "OECD0"}
register_namespace("dpi", DPI)
register_namespace("stf", STF)


@dataclass(frozen=True, slots=True)
class Line:
    """A seller in one currency."""

    details: Mapping[str, str]
    figures: Figures
    doc_ref: str
    change: str = "new"
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What the head of a file says."""

    year: int
    ref: str
    operator_ref: str
    made_at: datetime
    is_correction: bool


def xml_of(message: Message, operator: BrandView, lines: Sequence[Line]) -> str:
    """Return the file."""
    root = Element(_dpi("DPI_OECD"), {"version": "1.0"})
    spec = _add(root, "MessageSpec")
    _add(spec, "SendingEntityIN", operator.tax_number)
    _add(spec, "TransmittingCountry", operator.country)
    _add(spec, "ReceivingCountry", operator.country)
    _add(spec, "MessageType", "DPI")
    _add(spec, "MessageRefId", message.ref)
    _add(spec, "MessageTypeIndic", CORRECTION_MESSAGE if message.is_correction else NEW_MESSAGE)
    _add(spec, "ReportingPeriod", date(message.year, 12, 31).isoformat())
    _add(spec, "Timestamp", message.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    body = _add(root, "DPIBody")
    _operator(body, operator, message)
    for line in lines:
        _seller(body, line)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _operator(body: Element, operator: BrandView, message: Message) -> None:
    party = _add(body, "PlatformOperator")
    _add(party, "ResCountryCode", operator.country)
    _add(party, "TIN", operator.tax_number, issuedBy=operator.country)
    _add(party, "Name", operator.name)
    address = _add(party, "Address", legalAddressType="OECD304")
    _add(address, "CountryCode", operator.country)
    _add(address, "AddressFree", ", ".join(operator.address.splitlines()))
    # Resident in the member state that it reports to.
    _add(party, "Nexus", "RPONEX1")
    _add(party, "AssumedReporting", "false")
    _doc_spec(party, "resent" if message.is_correction else "new", message.operator_ref)


def _seller(body: Element, line: Line) -> None:
    seller = _add(body, "ReportableSeller")
    said = line.details
    is_person = said["kind"] == "person"
    identity = _add(_add(seller, "Identity"), "IndividualSeller" if is_person else "EntitySeller")
    standard = _add(identity, "Standard")
    _person(standard, said) if is_person else _entity(standard, said)
    if said["account"]:
        money = _add(standard, "FinancialIdentifier")
        kind = "IBAN" if said["account"][:2].isalpha() and said["account"][2:4].isdigit() else "Other"
        _add(money, "Identifier", said["account"], AccountNumberType=kind)
        if said["account_holder"]:
            _add(money, "AccountHolderName", said["account_holder"])
    services = _add(_add(seller, "RelevantActivities"), "PersonalServices")
    _quarters(services, "Consideration", "Cons", line.figures, "paid")
    _quarters(services, "NumberOfActivities", "Numb", line.figures, "activities", money=False)
    _quarters(services, "Fees", "Fees", line.figures, "fees")
    # We withhold no tax from a seller.
    _quarters(services, "Taxes", "Taxes", line.figures, "")
    _doc_spec(seller, line.change, line.doc_ref, line.corrects)


def _person(standard: Element, said: Mapping[str, str]) -> None:
    party = _add(standard, "IndSellerID")
    _add(party, "ResCountryCode", said["country"])
    _tin(party, said)
    if said["vat_number"]:
        _add(party, "VAT", said["vat_number"])
    name = _add(party, "Name", nameType="OECD202")
    _add(name, "FirstName", said["first_name"])
    _add(name, "LastName", said["last_name"])
    _address(party, said)
    birth = _add(party, "BirthInfo")
    _add(birth, "BirthDate", said["birth_date"])
    if said["birth_city"] and said["birth_country"]:
        place = _add(birth, "BirthPlace")
        _add(place, "City", said["birth_city"])
        _add(_add(place, "CountryInfo"), "CountryCode", said["birth_country"])


def _entity(standard: Element, said: Mapping[str, str]) -> None:
    party = _add(standard, "EntSellerID")
    _add(party, "ResCountryCode", said["country"])
    _tin(party, said)
    if said["registration_number"]:
        _add(party, "IN", said["registration_number"], issuedBy=said["country"], INType="BRN")
    if said["vat_number"]:
        _add(party, "VAT", said["vat_number"])
    _add(party, "Name", said["legal_name"])
    _address(party, said)


def _tin(party: Element, said: Mapping[str, str]) -> None:
    if said["tin"]:
        _add(party, "TIN", said["tin"], issuedBy=said["country"])
    else:
        _add(party, "TIN", "NOTIN", unknown="true")


def _address(party: Element, said: Mapping[str, str]) -> None:
    address = _add(party, "Address", legalAddressType="OECD302" if said["kind"] == "person" else "OECD304")
    _add(address, "CountryCode", said["country"])
    fixed = _add(address, "AddressFix")
    _add(fixed, "Street", said["street"])
    _add(fixed, "PostCode", said["post_code"])
    _add(fixed, "City", said["city"])
    if said["region"]:
        _add(fixed, "CountrySubentity", said["region"])


def _quarters(parent: Element, name: str, short: str, figures: Figures, of: str, *, money: bool = True) -> None:
    part = _add(parent, name)
    values = figures.quarters(of) if of else [0, 0, 0, 0]
    for number, value in enumerate(values, start=1):
        if money:
            factor = int(10 ** minor_digits(figures.currency))
            _add(part, f"{short}Q{number}", str(whole_units(value, factor)), currCode=figures.currency)
        else:
            _add(part, f"{short}Q{number}", str(value))


def _doc_spec(parent: Element, change: str, ref: str, corrects: str = "") -> None:
    spec = _add(parent, "DocSpec")
    SubElement(spec, _stf("DocTypeIndic")).text = INDICATORS[change]
    SubElement(spec, _stf("DocRefId")).text = ref
    if corrects:
        SubElement(spec, _stf("CorrDocRefId")).text = corrects


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    part = SubElement(parent, _dpi(name), attributes)
    part.text = text or None
    return part


def _dpi(name: str) -> str:
    return f"{{{DPI}}}{name}"


def _stf(name: str) -> str:
    return f"{{{STF}}}{name}"
