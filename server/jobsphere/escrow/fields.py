"""What escrow owns, as other apps take it over HTTP."""

from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from jobsphere.escrow.tiers import CODE, HOW_TO_NAME


class TierField(serializers.SlugField):
    """The tier of fee policies; refused with the code and the words that the services refuse it with."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=32, error_messages={"invalid": HOW_TO_NAME}, **options)
        for each in self.validators:
            if isinstance(each, RegexValidator):
                each.code = CODE
