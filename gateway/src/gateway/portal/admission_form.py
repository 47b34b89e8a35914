"""The admission form: what is typed about an applicant, and the command that it means. Rules L8, P1, P10."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from flask import request
from wtforms import HiddenField, RadioField, ValidationError

from contracts.accounts.members import CONSENT_VERSION, MARKS, PURPOSES, SEXES
from contracts.digits import to_latin
from contracts.fields import LANGUAGES
from gateway.edge import new_id, now
from gateway.portal.forms import DayField, Needed, choice, code, digits, label, text
from gateway.portal.nominee_lines import (
    ALL_OF_IT,
    TypedNominee,
    drawn_nominees,
    shares_total,
    typed_nominees,
)
from gateway.portal.picture_fields import PictureForm
from gateway.portal.places import kept_name, unions_of, upazilas_of
from gateway.words import t
from gateway.words.reader import language

if TYPE_CHECKING:
    from wtforms import Field

NID = re.compile(r"\d{10}|\d{13}|\d{17}", re.ASCII)
MOBILE = re.compile(r"(?:\+?88)?01[3-9]\d{8}", re.ASCII)
YES, NO = "yes", "no"


class Answer(RadioField):
    """Her answer to one purpose; nothing is chosen for her."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is neither a yes nor a no."""
        del form
        if self.data not in (YES, NO):
            raise ValidationError(t("admission.answer_each"))


def answer(purpose: str) -> Answer:
    """The field of one purpose."""
    return Answer(label(f"purpose.{purpose}"))


class AdmissionForm(PictureForm):
    """Everything but the nominees, which are a table of their own."""

    photo_id = HiddenField(default=new_id)
    samity_id = choice("samity.name")
    name_bn = text("name.bn")
    name_en = text("name.en")
    father_or_spouse_bn = text("admission.kin_bn", needed=False)
    father_or_spouse_en = text("admission.kin_en", needed=False)
    sex = choice("member.sex")
    birth_on = DayField(
        label("member.birth_on"), validators=[Needed()], render_kw={"placeholder": label("form.day_shape")}
    )
    nid = digits("person.nid")
    mobile = digits("person.mobile", needed=False)
    district = choice("address.district")
    upazila = text("address.upazila")
    union = text("address.union", needed=False)
    post = text("address.post")
    village = text("address.village")
    line = text("address.line", needed=False)
    passbook_number = code("member.passbook_number")
    language = choice("admission.language")
    consent_membership = answer("membership")
    consent_messages = answer("messages")
    consent_credit_bureau = answer("credit_bureau")
    consent_photo = answer("photo")
    read_aloud_by = text("member.read_aloud_by")
    mark = choice("admission.mark")
    witness = text("member.witness")

    def offer(self) -> None:
        """Put the closed lists into their fields."""
        self.sex.choices = [(one, t(f"sex.{one}")) for one in SEXES]
        self.mark.choices = [(one, t(f"mark.{one}")) for one in reversed(MARKS)]
        self.language.choices = [(one, t(f"language.{one}")) for one in LANGUAGES]
        for _, field in self.consents:
            field.choices = [(YES, t("form.yes")), (NO, t("form.no"))]

    def validate_content(self, field: Field) -> None:
        """Redraw her photo, which nobody takes who did not agree to it. Rule P10."""
        super().validate_content(field)
        if self.small and self.consent_photo.data != YES:
            raise ValidationError(t("admission.photo_not_agreed"))

    def validate_nid(self, field: Field) -> None:
        """Refuse what is no number of an identity card: 10, 13 or 17 digits."""
        if not NID.fullmatch(plain(field.data)):
            raise ValidationError(t("admission.nid_shape"))

    def validate_mobile(self, field: Field) -> None:
        """Refuse what is no mobile number of the country."""
        if field.data and not MOBILE.fullmatch(plain(field.data)):
            raise ValidationError(t("admission.mobile_shape"))

    @property
    def consents(self) -> list[tuple[str, Answer]]:
        """Each purpose with the field of its answer."""
        return [(purpose, cast("Answer", self[f"consent_{purpose}"])) for purpose in PURPOSES]

    @property
    def nominees(self) -> tuple[TypedNominee, ...]:
        """The nominees that were typed."""
        return typed_nominees(request.form)

    @property
    def drawn(self) -> tuple[TypedNominee, ...]:
        """The nominees that the page shows."""
        return drawn_nominees(self.nominees, more="more" in request.form)

    @property
    def shares(self) -> int:
        """What the shares make together."""
        return shares_total(self.nominees)

    @property
    def nominees_fit(self) -> bool:
        """Whether each nominee is whole and their shares make 100."""
        return self.shares == ALL_OF_IT and not any(line.wrong for line in self.nominees)

    def command(self) -> dict[str, Any]:
        """The form as the service takes it."""
        same = ("id", "samity_id", "name_bn", "name_en", "father_or_spouse_bn", "father_or_spouse_en", "sex")
        return {
            **{name: self[name].data for name in same},
            "birth_on": self.birth_on.data.isoformat() if self.birth_on.data else None,
            "nid": plain(self.nid.data),
            "mobile": plain(self.mobile.data) or None,
            "address": self._address(),
            "nominees": [line.command for line in self.nominees],
            "consents": self._consents(),
            "language": self.language.data,
            "passbook_number": self.passbook_number.data,
        }

    def _address(self) -> dict[str, str | None]:
        district, upazilas = self.district.data, upazilas_of(self.district.data)
        upazila = kept_name(upazilas, self.upazila.data)
        return {
            "district": district,
            "upazila": upazila,
            "union": kept_name(unions_of(district, upazila or ""), self.union.data),
            **{name: self[name].data for name in ("post", "village", "line")},
        }

    def _consents(self) -> list[dict[str, Any]]:
        at = now().isoformat()
        how = {
            "text_version": CONSENT_VERSION,
            "language": language(),
            "read_aloud_by": self.read_aloud_by.data,
            "mark": self.mark.data,
            "witness": self.witness.data,
            "at": at,
        }
        return [{"purpose": name, "given": field.data == YES, **how} for name, field in self.consents]


def plain(number: str | None) -> str:
    """A number without the spaces and strokes that people write into it."""
    return re.sub(r"[\s-]", "", to_latin(number or ""))
