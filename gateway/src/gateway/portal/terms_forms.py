"""Forms for the terms of products: a field for every term that the contract promises, rows included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from marshmallow import Schema, fields
from wtforms import Field, FieldList, FormField
from wtforms import Form as PlainForm

from contracts.digits import to_latin
from contracts.fields import CodeField, CountField, DateField, TakaField
from contracts.money import Paisa
from gateway.portal.dates import typed_day
from gateway.portal.forms import NONE_CHOSEN, Form, choice, code, day, digits, label, text
from gateway.portal.money import typed_taka
from gateway.portal.terms import BPS, HUNDREDTHS, TERMS, is_said, percent_of, plain
from gateway.words import t
from gateway.words.catalogue import PERCENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gateway.errors import Problem

SHARE = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2}))?", re.ASCII)
WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
BETWEEN = re.compile(r"[\s,;]+")
PAISA = ".00"
TERMS_PATH = "terms."
YES_AND_NO = (True, False)
FEW_COLUMNS = 4
"""A table of few columns shows two empty rows for more, a wider one shows one."""


class Row(PlainForm):
    """One row of a table of terms; one in which nothing was typed is none."""

    typed_in: ClassVar[tuple[str, ...]] = ()
    """What stands empty in a new row, so that whatever is there was typed."""

    class Meta(Form.Meta):
        """The whole form has the token against forgery; its rows need none of their own."""

        csrf = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any("".join(self[name].raw_data or ()).strip() for name in self.typed_in)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Pass over a row that is none."""
        return self.is_empty or super().validate(extra_validators)


class TermsForm(Form):
    """The head of a form of terms; the terms follow in classes that the contract makes."""

    terms: ClassVar[type[Schema]]

    @property
    def tables(self) -> list[FieldList[Any]]:
        """Its tables of rows."""
        return [one for one in self if isinstance(one, FieldList)]

    def make_room(self) -> None:
        """Add empty rows to every table."""
        for table in self.tables:
            table.append_entry()
            if len(list(table.entries[-1].form)) <= FEW_COLUMNS:
                table.append_entry()

    def command(self) -> dict[str, Any]:
        """The terms as the service takes them."""
        return sent_of(self.terms, self)

    def refuse(self, problem: Problem) -> None:
        """Put the sentences about terms and about rows beside their fields too."""
        super().refuse(problem)
        for path, sentences in problem.fields.items():
            one = self.find(path.removeprefix(TERMS_PATH).split("."))
            if one is not None and path.startswith(TERMS_PATH):
                one.errors = [*one.errors, *sentences]

    def find(self, path: list[str]) -> Field | None:
        """The field that a path of the command means: rows are counted without the empty ones."""
        name, *inside = path
        if name not in self:
            return None
        table = self[name]
        return found_in(table, inside) if isinstance(table, FieldList) else table


def found_in(table: FieldList[Any], path: list[str]) -> Field:
    """The field of a row that the rest of a path means; the table where it means no single one."""
    rows: list[Row] = [entry.form for entry in table.entries if not entry.form.is_empty]
    number, column = (*path, "", "")[:2]
    if number.isdigit() and int(number) < len(rows) and column in rows[int(number)]:
        return rows[int(number)][column]
    return table


def terms_form(schema: type[Schema], head: type[TermsForm]) -> type[TermsForm]:
    """A form with the head's fields and one for every term of the contract."""
    made = {name: field_of(name, wire) for name, wire in in_order(schema)}
    return type(f"{schema.__name__}Form", (head,), {"__doc__": schema.__doc__, "terms": schema, **made})


def in_order(schema: type[Schema]) -> Iterator[tuple[str, fields.Field[Any]]]:
    """The fields of a schema in which something can be said, as people read them."""
    known = schema().fields
    return ((name, known[name]) for name in TERMS if name in known and not is_settled(known[name]))


def is_settled(wire: fields.Field[Any]) -> bool:
    """Whether the contract leaves no choice."""
    return isinstance(wire, CodeField) and len(wire.choices) == 1


def field_of(name: str, wire: fields.Field[Any]) -> Field:
    """The field in which a term is typed; what may be left open in the contract may be left open here."""
    told: dict[str, Any] = {"description": label(f"term_hint.{name}")}
    key, needed = f"term.{name}", wire.required or not wire.allow_none
    if isinstance(wire, fields.List):
        if isinstance(wire.inner, fields.Nested):
            return FieldList(FormField(row_of(wire.inner.schema.__class__)), label=label(key), **told)
        return digits(key, needed=False, **told)
    if isinstance(wire, DateField):
        return day(key, needed=needed, default=None, **told)
    told["default"] = typed_of(name, wire, default_of(wire))
    if isinstance(wire, fields.Boolean | CodeField):
        return choice(key, needed=needed, choices=choices_of(name, wire, needed=needed), **told)
    if isinstance(wire, TakaField | CountField) or name.endswith(PERCENT):
        return digits(key, needed=needed, **told)
    return code(key, **told) if name == "code" else text(key, needed=needed, **told)


def row_of(schema: type[Schema]) -> type[Row]:
    """The form of one row."""
    known = dict(in_order(schema))
    typed_in = tuple(
        name
        for name, wire in known.items()
        if default_of(wire) is None and not isinstance(wire, fields.Boolean | CodeField)
    )
    made = {name: field_of(name, wire) for name, wire in known.items()}
    return type(f"{schema.__name__}Row", (Row,), {"typed_in": typed_in, **made})


def default_of(wire: fields.Field[Any]) -> Any:
    """What the contract takes where nothing is said, in the wire's form; None where it takes nothing."""
    default = wire.load_default
    if default is None or not isinstance(default, bool | int | str):
        return None
    return wire.write(Paisa(default)) if isinstance(wire, TakaField) and isinstance(default, int) else default


def choices_of(
    name: str, wire: fields.Boolean | CodeField, *, needed: bool
) -> Callable[[], list[tuple[str, str]]]:
    """The choices of a closed list, in the language of whoever opens the form."""
    nothing = [] if needed and default_of(wire) is not None else [NONE_CHOSEN]
    if isinstance(wire, CodeField):
        return lambda: [*nothing, *((str(one), t(f"term_word.{name}.{one}")) for one in wire.choices)]
    return lambda: [(str(one), t(f"term.{one}")) for one in YES_AND_NO]


def typed_terms(schema: type[Schema], terms: Mapping[str, Any]) -> dict[str, Any]:
    """Terms that are in force as a form begins with them, for the next version."""
    return {name: typed_of(name, wire, terms.get(name)) for name, wire in in_order(schema)}


def typed_of(name: str, wire: fields.Field[Any], value: Any) -> Any:
    """One term as somebody would have typed it; rows as the values of their fields."""
    if isinstance(wire, fields.List) and isinstance(wire.inner, fields.Nested):
        return [typed_terms(wire.inner.schema.__class__, row) for row in value or ()]
    if isinstance(wire, fields.List):
        return ", ".join(str(one) for one in value or ())
    if isinstance(wire, DateField):
        return typed_day(value) if value else None
    return None if value is None else line_as_typed(name, wire, value)


def line_as_typed(name: str, wire: fields.Field[Any], value: Any) -> str:
    """One amount, share, number or word as somebody would have typed it."""
    if BPS in name:
        return percent_of(value)
    if isinstance(wire, TakaField):
        return str(value).removesuffix(PAISA)
    return plain(value) if name.endswith(PERCENT) else str(value)


def sent_of(schema: type[Schema], form: PlainForm) -> dict[str, Any]:
    """What a form says, by the names and in the forms of the contract."""
    return {name: value_of(name, wire, form[name]) for name, wire in in_order(schema)}


def value_of(name: str, wire: fields.Field[Any], one: Any) -> Any:
    """One term as it is sent; where nothing was typed, nothing was agreed."""
    if isinstance(wire, fields.List) and isinstance(wire.inner, fields.Nested):
        row = wire.inner.schema.__class__
        return [sent_of(row, entry.form) for entry in one.entries if not entry.form.is_empty]
    if isinstance(wire, fields.List):
        return numbers_of(one.data)
    return line_as_sent(name, wire, one.data) if is_said(one.data) else None


def line_as_sent(name: str, wire: fields.Field[Any], typed: Any) -> Any:
    """One line; what is no amount or number stays as it is, for the service to refuse by its name."""
    if isinstance(wire, DateField):
        return typed.isoformat()
    if isinstance(wire, fields.Boolean):
        return typed == str(True)
    if isinstance(wire, TakaField):
        return typed_taka(typed)
    return counted_of(name, typed) if isinstance(wire, CountField) else typed


def counted_of(name: str, typed: str) -> int | str:
    """A number; a share is typed in percent, and sent in basis points."""
    return bps_of(typed) if BPS in name else whole_of(typed)


def bps_of(typed: str) -> int | str:
    """«22.5» percent are 2250 basis points."""
    found = SHARE.fullmatch(typed.removesuffix("%").strip())
    return int(found[1]) * HUNDREDTHS + int(f"{found[2] or '':0<2}") if found else typed


def whole_of(typed: str) -> int | str:
    """A whole number."""
    latin = to_latin(typed)
    return int(latin) if WHOLE.fullmatch(latin) else typed


def numbers_of(typed: str | None) -> list[int | str]:
    """Whole numbers with commas or blanks between them."""
    return [whole_of(part) for part in BETWEEN.split(typed or "") if part]
