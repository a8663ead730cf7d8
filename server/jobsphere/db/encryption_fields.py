"""Columns whose values are sealed on the way to the database and opened when somebody looks at the attribute.

    secret = EncryptedTextField()                   # bound to table, column and row
    action = EncryptedJSONField(row_bound=False)    # bound to table and column, so that QuerySet.update may write it

A row-bound column is written by `save()`/`create()`, or in a guarded update by `sealed(Model, "secret", row_id, text)`.
`values()` and `values_list()` return it sealed: nothing opens by accident. It cannot be filtered or ordered by.
"""

import json
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from jobsphere.db.encryption import seal, unseal


class Sealed(str):
    """A value as it stands in the database."""

    __slots__ = ()


class OpenedOnSight(DeferredAttribute):
    """Opens the value when it is read first, because only then the row that it is bound to is known."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.opened(value, instance.pk)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Having a setter puts this before the instance's own dictionary, so that every reading passes here."""
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField[Any, Any]):
    """A text that rests sealed."""

    descriptor_class = OpenedOnSight

    def __init__(self, *args: Any, row_bound: bool = True, **options: Any) -> None:
        self.row_bound = row_bound
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        if not self.row_bound:
            options["row_bound"] = False
        return name, path, args, options

    def context(self, row_id: Any) -> str:
        """Return what a value is bound to."""
        place = f"{self.model._meta.db_table}.{self.column}"
        return f"{place}:{row_id}" if self.row_bound else place

    def sealed(self, value: Any, row_id: Any) -> "Sealed | None":
        """Return the value as it goes to the database."""
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(seal(self.to_text(value), context=self.context(row_id)))

    def opened(self, value: Sealed, row_id: Any) -> Any:
        """Return the value as people wrote it; raises CannotUnseal."""
        return self.from_text(unseal(value, context=self.context(row_id)))

    def to_text(self, value: Any) -> str:
        """Return the text that is sealed."""
        return str(value)

    def from_text(self, text: str) -> Any:
        """Return the value that a text stands for."""
        return text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.sealed(getattr(model_instance, self.attname), model_instance.pk)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else Sealed(value)

    def get_prep_value(self, value: Any) -> Any:
        """Let sealed values pass; seal what is bound to no row; refuse the rest, which would rest in clear."""
        if value is None or isinstance(value, Sealed):
            return value
        if self.row_bound:
            raise TypeError(f"{self} is bound to its row: write it with save() or sealed(Model, name, row_id, value)")
        return self.sealed(value, None)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it there" can be asked of the database; rotation asks for beginnings of the sealed text."""
        return super().get_lookup(lookup_name) if lookup_name in ("isnull", "startswith") else None


class EncryptedJSONField(EncryptedTextField):
    """Any JSON value that rests sealed."""

    # What django-stubs asks a field for its types.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def to_text(self, value: Any) -> str:
        return json.dumps(value)

    def from_text(self, text: str) -> Any:
        return json.loads(text)


def sealed(model: type[models.Model], name: str, row_id: Any, value: Any) -> Sealed | None:
    """Return a value for a guarded update of a row-bound column."""
    field: Any = model._meta.get_field(name)
    result: Sealed | None = field.sealed(value, row_id)
    return result
