"""Encrypted fields. The value is bound to table, column and row, so it cannot be moved to another person."""

from typing import Any

from django.db import models

from rondom.core import keys


def _aad(instance: models.Model, field: models.Field) -> bytes:
    return f"{instance._meta.db_table}.{field.column}.{instance.pk}".encode()


class _Decrypting:
    """Descriptor: keeps the ciphertext until somebody reads the value."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            plain = keys.ring().decrypt(self.field.purpose, value.box, _aad(instance, self.field))
            value = instance.__dict__[name] = plain.decode()
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class Box(bytes):
    """A ciphertext on its way to the database. Nothing else is let in: not a text that somebody forgot to encrypt."""


class Sealed:
    """A ciphertext as it came from the database."""

    def __init__(self, box: bytes) -> None:
        self.box = box


class EncryptedTextField(models.BinaryField):
    """Text, stored as AES-256-GCM under the key for `purpose`; AAD = table, column and primary key.

    Works only on models whose primary key exists before saving (UUIDv7). Cannot be searched: use a blind index.
    """

    def __init__(self, *args: Any, purpose: str = "field", **kwargs: Any) -> None:
        self.purpose = purpose
        kwargs["editable"] = kwargs.get("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["purpose"] = self.purpose
        return name, path, args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Decrypting(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return Box(value.box) if isinstance(value, Sealed) else None
        return Box(keys.ring().encrypt(self.purpose, str(value).encode(), _aad(model_instance, self)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Let only ciphertext through: `update()` and look-ups with a plain text are a mistake of ours."""
        if value is not None and not isinstance(value, Box):
            raise TypeError(f"{self.name} is encrypted: save the row, and look it up by its blind index")
        return super().get_db_prep_value(value, connection, prepared)

    def rewrite(self, pk: Any, box: bytes) -> Box:
        """Return the ciphertext of a row again, under the newest key."""
        aad = f"{self.model._meta.db_table}.{self.column}.{pk}".encode()
        ring = keys.ring()
        return Box(ring.encrypt(self.purpose, ring.decrypt(self.purpose, box, aad), aad))

    def get_default(self) -> Any:
        return None if self.null else ""

    def value_to_string(self, obj: Any) -> str:
        raise TypeError("encrypted fields are not serialised")

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        return forms.CharField(required=not self.blank, label=self.verbose_name, **kwargs)


def blind_index(purpose: str, value: str, municipality: str, generation: int | None = None) -> bytes:
    """Return the keyed index of an exact value within one municipality (16 bytes), for look-ups without decryption."""
    return keys.ring().mac(f"index/{purpose}", value.encode(), municipality, generation)[:16]
