"""Forms that carry their own id, so that a second click changes nothing, and that keep what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask import render_template
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextArea, TextInput

from contracts.errors import ServiceError
from gateway.asking import ask
from gateway.edge import new_id, today
from gateway.errors import Problem, problem_of
from gateway.portal.dates import typed_day, typed_time
from gateway.words import t
from gateway.words.formats import clock, latin
from gateway.words.formats import day as shown_day
from gateway.words.formats import digits as shown_digits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time

    from _typeshed import SupportsItems
    from flask.typing import ResponseReturnValue
    from markupsafe import Markup
    from wtforms.form import BaseForm

    from contracts.calls import Method

GOOD = 200
UNFIT = 422
NONE_CHOSEN = ("", "–")


class Words:
    """A label in the language of whoever reads the page, looked up when it is drawn."""

    def __init__(self, key: str) -> None:
        """Keep the key; the words wait for the reader."""
        self.key = key

    def __str__(self) -> str:
        return t(self.key)


class Form(FlaskForm):
    """A form whose deed has an id from the moment it is drawn (architecture §6.1)."""

    id = HiddenField(default=new_id)
    problem: Problem | None = None

    class Meta(FlaskForm.Meta):
        """WTForms' own sentences give way to ours."""

        def render_field(self, field: Field, render_kw: SupportsItems[str, Any]) -> Markup:
            """Required is said by our label; the browser's own bubbles would speak its language."""
            return super().render_field(field, {"required": False, **dict(render_kw.items())})

    def send(self, method: Method, payload: Mapping[str, Any]) -> dict[str, Any] | None:
        """Ask the service; a refusal stays on the form, each sentence beside its field."""
        try:
            return ask(method, payload)
        except ServiceError as error:
            self.refuse(problem_of(error))
            return None

    def visible(self) -> list[Field]:
        """The fields that a person fills in."""
        return [one for one in self if not isinstance(one, HiddenField)]

    def refuse(self, problem: Problem) -> None:
        """Put the sentences of a refusal where they belong."""
        self.problem = problem
        for name, sentences in problem.fields.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]

    def page(self, template: str, **facts: Any) -> ResponseReturnValue:
        """Draw the page with this form, with the status that its problem deserves."""
        status = self.problem.status if self.problem else UNFIT if self.errors else GOOD
        return render_template(f"portal/{template}", form=self, problem=self.problem, **facts), status


class Needed(InputRequired):
    """Something must be entered; says so in the reader's language."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Refuse an empty field."""
        self.message = t("form.needed")
        super().__call__(form, field)


def label(key: str) -> str:
    """A label of these words; WTForms keeps it untouched and prints it when the page is drawn."""
    return cast("str", Words(key))


def text(key: str, *, needed: bool = True, **options: Any) -> StringField:
    """A line of text, kept as it was typed."""
    return StringField(label(key), filters=[tidy], validators=[Needed() if needed else Optional()], **options)


def paragraph(key: str, longest: int, rows: int = 4) -> StringField:
    """Some sentences. Where a line was begun anew there is a blank: a text on the wire is one line."""
    look = {"rows": rows, "maxlength": longest}
    return StringField(label(key), [Needed()], filters=[one_line], widget=TextArea(), render_kw=look)


def one_line(typed: str | None) -> str | None:
    """Return what was typed on one line."""
    return None if typed is None else " ".join(typed.split())


def code(key: str, *, description: str = "", **render_kw: Any) -> StringField:
    """A code or a user name: Latin letters, and digits that may be typed in Bangla."""
    return StringField(
        label(key), [Needed()], filters=[tidy, latin], description=description, render_kw=render_kw
    )


class NumberLine(StringField):
    """A line for a number; it stands there again as it was typed, and else in the reader's digits."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else shown_digits(self.data or "")


def digits(key: str, *, needed: bool = True, **options: Any) -> NumberLine:
    """A line for a number, typed in Bangla or Latin digits."""
    return NumberLine(
        label(key),
        filters=[tidy, latin],
        validators=[Needed() if needed else Optional()],
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
        **options,
    )


class DayField(Field):
    """A calendar day, typed as it is written here; a browser's own field would ask for the month first."""

    widget = TextInput()
    data: date | None

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else shown_day(self.data) if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        typed = "".join(valuelist).strip()
        try:
            self.data = typed_day(typed) if typed else None
        except ValueError:
            raise ValueError(t("form.not_a_day")) from None


class ClockField(Field):
    """A time of day, on the clock of 24 hours."""

    widget = TextInput()
    data: time | None

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else clock(f"{self.data:%H:%M}") if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        typed = "".join(valuelist).strip()
        try:
            self.data = typed_time(typed) if typed else None
        except ValueError:
            raise ValueError(t("form.not_a_time")) from None


class Choice(SelectField):
    """One of some choices; another one is refused in the reader's language."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what was not among the choices."""
        del form
        if self.data not in {value for value, *_ in self.iter_choices()}:
            raise ValidationError(t("form.not_a_choice"))


def day(key: str, *, needed: bool = True, **options: Any) -> DayField:
    """A calendar day; it says today until something else is typed, where no other default is given."""
    return DayField(
        label(key),
        validators=[Needed() if needed else Optional()],
        render_kw={"placeholder": label("form.day_shape"), "autocomplete": "off"},
        **{"default": today, **options},
    )


def time_of_day(key: str) -> ClockField:
    """A time of day, which may be left open."""
    return ClockField(
        label(key),
        validators=[Optional()],
        render_kw={"placeholder": label("form.time_shape"), "autocomplete": "off"},
    )


def choice(key: str, *, needed: bool = True, **options: Any) -> Choice:
    """One of some choices, which the view fills in where the form does not know them itself."""
    return Choice(label(key), validators=[Needed() if needed else Optional()], **options)


def tidy(value: str | None) -> str | None:
    """Without the spaces around it; nothing where nothing was typed."""
    return (value or "").strip() or None
