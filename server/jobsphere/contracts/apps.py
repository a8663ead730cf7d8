"""Offers, bookings, contracts, milestones, deliverables, time entries."""

from uuid import UUID

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "jobsphere.contracts"
    label = "contracts"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and what lower apps may ask of us."""
        from jobsphere.contracts import evidence, handlers, live, policies, tasks  # noqa: F401  they register themselves
        from jobsphere.contracts.selectors import consistency, describing
        from jobsphere.contracts.selectors.numbers import completed_contracts
        from jobsphere.contracts.selectors.offered import live_offer
        from jobsphere.contracts.services.purposes import (
            CHANGE_PURPOSE,
            EXPENSE_PURPOSE,
            MILESTONE_PURPOSE,
            OFFER_PURPOSE,
            TIP_PURPOSE,
        )
        from jobsphere.files import access
        from jobsphere.jobs import offered
        from jobsphere.ledger import checks
        from jobsphere.messaging.policies import register_subject
        from jobsphere.payments import describing as descriptions
        from jobsphere.payments import evidence as records
        from jobsphere.payments import purposes
        from jobsphere.plans import facts

        facts.register(completed_contracts)
        offered.register(live_offer)
        purposes.register("offer", OFFER_PURPOSE)
        purposes.register("milestone", MILESTONE_PURPOSE)
        purposes.register("change", CHANGE_PURPOSE)
        purposes.register("tip", TIP_PURPOSE)
        purposes.register("expense", EXPENSE_PURPOSE)
        records.register("expense", evidence.supply_for_expense)
        records.register("tip", evidence.supply_for_tip)
        records.register("change", evidence.supply_for_change)
        records.register("offer", evidence.supply)
        records.register("milestone", evidence.supply_for_milestone)
        descriptions.register("hold", describing.holds)
        descriptions.register("payment", describing.payments)
        access.register("deliverable", policies.can_read_deliverable)
        access.register("expense", policies.can_read_receipt)
        access.register("time_entry", policies.can_read_time_entry, most=5)
        may_change = policies.may_show_what_is_missing
        access.register("feedback", policies.can_read_deliverable, may_change=may_change, most=10)
        register_subject("contract", policies.may_write, describing.titles)
        checks.register("contracts.milestones", consistency.milestones_match_their_holds, consistency.EXPLANATIONS)
        checks.register("contracts.tips", consistency.tips_match_their_holds)
        checks.register("contracts.expenses", consistency.expenses_match_their_holds)
        checks.register("contracts.offers", consistency.offers_match_their_contracts)

        from jobsphere.contracts import commands
        from jobsphere.realtime import commands as realtime

        place = {"contract_id": UUID, "latitude": float, "longitude": float, "on_the_way": bool}
        realtime.register("location", commands.share_location, rate="30/min", fields=place)
        realtime.register("location-stop", commands.stop_sharing, rate="30/min", fields={"contract_id": UUID})

        from jobsphere.contracts import personal_data
        from jobsphere.users.personal_data import register

        register("contracts", export=personal_data.export, erase=personal_data.erase, blockers=personal_data.blockers)
