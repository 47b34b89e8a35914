"""The questions of registers of agreements and of what waits."""

from transactions.domain.reports.registers import (
    APPROVALS_WAITING,
    CANCELLATIONS,
    DPS,
    DUAL_LOANEES,
    FDR,
    HOLIDAY_DUES,
)
from transactions.repository.account_closings import OF_THE_HOUSE
from transactions.repository.ageing import aged
from transactions.repository.reports.fragments import BELOW, HER, SEEN, SIGNED, balance_at
from transactions.repository.reports.sources import Source, SqlSource

_HOLIDAYS = f"""
    WITH {SEEN}
    SELECT seen.*, {HER}, loans.code AS loan_code, loans.product_code, moved.was_due_on, moved.due_on,
           moved.number AS instalment_number, holiday.name_bn AS holiday_bn, holiday.name_en AS holiday_en,
           earlier.principal[moved.number] + earlier.charge[moved.number]
               - coalesce(earlier.principal[moved.number - 1] + earlier.charge[moved.number - 1], 0)
               AS instalment
      FROM seen
      JOIN offices AS home ON home.id = seen.office_id
      JOIN members ON members.samity_id = seen.id
      JOIN loans ON loans.member_id = members.id AND loans.status <> 'undone'
      JOIN loan_schedules AS later ON later.loan_id = loans.id AND later.reason = 'holiday'
                                  AND later.version <= loans.schedule_version
      JOIN loan_schedules AS earlier ON earlier.loan_id = loans.id AND earlier.version = later.version - 1
      CROSS JOIN LATERAL (
        SELECT CAST(number AS integer) AS number, was_due_on, later.due_on[number] AS due_on
          FROM unnest(earlier.due_on) WITH ORDINALITY AS each (was_due_on, number)
      ) AS moved
      CROSS JOIN LATERAL (
        SELECT holidays.name_bn, holidays.name_en
          FROM holidays JOIN offices AS declaring ON declaring.id = holidays.office_id
         WHERE holidays."on" = moved.was_due_on AND starts_with(home.path, declaring.path)
           AND (holidays.samity_id IS NULL OR holidays.samity_id = seen.id)
         ORDER BY holidays.samity_id NULLS LAST, length(declaring.path) DESC LIMIT 1
      ) AS holiday
     WHERE moved.was_due_on BETWEEN :from_on AND :to_on AND moved.due_on <> moved.was_due_on
"""  # noqa: S608 - only texts of the house

_DUAL = f"""
    WITH {SEEN}, asked AS (
        SELECT loans.id AS loan_id
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN loans ON loans.member_id = members.id AND loans.disbursed_on <= :on
                    AND (loans.status = 'running' OR loans.ended_on > :on)
    ), aged AS ({aged("on")}), running AS (
        SELECT loans.*, aged.outstanding, count(*) OVER (PARTITION BY loans.member_id) AS of_hers
          FROM aged JOIN loans ON loans.id = aged.loan_id
    )
    SELECT seen.*, {HER}, running.code AS loan_code, running.product_code, running.fund,
           running.disbursed_on, running.principal, running.outstanding
      FROM running
      JOIN members ON members.id = running.member_id
      JOIN seen ON seen.id = members.samity_id
     WHERE running.of_hers > 1
"""  # noqa: S608 - only texts of the house


def _open(family: str) -> str:
    """Return the accounts of a family that were open at the end of a day, with what was agreed of them."""
    return f"""
    agreed AS (
        SELECT accounts.id, accounts.code AS account_code, accounts.member_id, accounts.opened_on,
               account_terms.terms, CAST(account_terms.terms ->> 'months' AS integer) AS months,
               CAST(CAST(account_terms.terms ->> 'amount' AS numeric) * 100 AS bigint) AS amount,
               CAST(accounts.opened_on
                    + make_interval(months => CAST(account_terms.terms ->> 'months' AS integer)) AS date)
                   AS term_ends_on,
               {balance_at("accounts", "on")} AS savings_balance
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN accounts ON accounts.member_id = members.id AND accounts.ledger = :{family}_ledger
                       AND accounts.opened_on <= :on
          JOIN account_terms ON account_terms.account_id = accounts.id
                            AND account_terms.version = accounts.terms_version
         WHERE NOT accounts.closed
            OR EXISTS (SELECT FROM account_closings
                        WHERE account_closings.account_id = accounts.id AND undone_by IS NULL
                          AND account_closings."on" > :on)
    )"""  # noqa: S608 - only texts of the house


_NOT_HERS = ", ".join(f"'{kind}'" for kind in OF_THE_HOUSE)

_DPS = f"""
    WITH {SEEN}, {_open("term")}, standing AS (
        SELECT agreed.*, promised.instalments_due,
               coalesce(agreed.amount, 0) * promised.instalments_due AS due_until_then,
               coalesce(hers.paid, 0) + coalesce(carried.paid, 0) AS paid_until_then
          FROM agreed
          CROSS JOIN LATERAL (
            SELECT count(*) AS instalments_due FROM generate_series(0, agreed.months - 1) AS month
             WHERE agreed.opened_on + make_interval(months => month) <= :on
          ) AS promised
          CROSS JOIN LATERAL (
            SELECT CAST(sum({SIGNED}) AS bigint) AS paid
              FROM postings
              JOIN entries ON entries.id = postings.entry_id
              LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
             WHERE postings.account_id = agreed.id AND postings.value_on <= :on
               AND coalesce(undone.kind, entries.kind) NOT IN ({_NOT_HERS})
          ) AS hers
          CROSS JOIN LATERAL (
            SELECT CAST(sum(CAST(part ->> 'amount' AS bigint)) AS bigint) AS paid
              FROM jsonb_array_elements(coalesce(agreed.terms -> 'carried', '[]')) AS part
             WHERE CAST(part ->> 'on' AS date) <= :on
          ) AS carried
    )
    SELECT seen.*, {HER}, account_code, opened_on, term_ends_on, amount AS instalment, instalments_due,
           due_until_then, paid_until_then, greatest(0, due_until_then - paid_until_then) AS due,
           greatest(0, paid_until_then - due_until_then) AS advance, savings_balance
      FROM standing
      JOIN members ON members.id = standing.member_id
      JOIN seen ON seen.id = members.samity_id
"""  # noqa: S608 - only texts of the house

_FDR = f"""
    WITH {SEEN}, {_open("lump")}
    SELECT seen.*, {HER}, account_code, opened_on, term_ends_on,
           CASE WHEN term_ends_on <= :on THEN 'mature' ELSE 'running' END AS term_state,
           to_char(CAST(terms ->> 'annual_rate_bps' AS integer) / 100.0, 'FM990.00') AS yearly_rate,
           amount AS deposit,
           CAST(CAST(terms ->> 'maturity_value' AS numeric) * 100 AS bigint) AS maturity_value,
           savings_balance
      FROM agreed
      JOIN members ON members.id = agreed.member_id
      JOIN seen ON seen.id = members.samity_id
"""  # noqa: S608 - only texts of the house

_CANCELLATIONS = f"""
    WITH {SEEN}
    SELECT seen.*, {HER}, members.admitted_on, gone.left_on, 1 AS count_all, gone.refunded,
           CASE WHEN members.deceased_on IS NULL THEN 'left' ELSE 'died' END AS left_how
      FROM seen
      JOIN members ON members.samity_id = seen.id AND members.status = 'closed' AND members.code IS NOT NULL
      CROSS JOIN LATERAL (
        SELECT last_on AS left_on, CAST(sum(payout) AS bigint) AS refunded
          FROM (SELECT account_closings.*, max("on") OVER () AS last_on
                  FROM account_closings JOIN accounts ON accounts.id = account_closings.account_id
                 WHERE accounts.member_id = members.id AND undone_by IS NULL) AS closed
         WHERE closed."on" = last_on GROUP BY last_on
      ) AS gone
     WHERE gone.left_on BETWEEN :from_on AND :to_on
"""  # noqa: S608 - only texts of the house

_END = "CAST(CAST(:on AS date) + 1 AS timestamp) AT TIME ZONE 'Asia/Dhaka'"

_WAITING = f"""
    SELECT approvals.id AS approval_id, approvals.kind AS approval_kind, approvals.amount,
           offices.name_bn AS asked_office_bn, offices.name_en AS asked_office_en,
           CAST(approvals.made_at AT TIME ZONE 'Asia/Dhaka' AS date) AS proposed_on,
           CAST(:on AS date) - CAST(approvals.made_at AT TIME ZONE 'Asia/Dhaka' AS date) AS days_waiting,
           approvals.facts ->> 'subject_bn' AS about_bn, approvals.facts ->> 'subject_en' AS about_en,
           staff.name_bn AS proposed_by_bn, staff.name_en AS proposed_by_en
      FROM offices
      JOIN approvals ON approvals.office_id = offices.id AND approvals.made_at < {_END}
                    AND (approvals.decided_at IS NULL OR approvals.decided_at >= {_END})
      LEFT JOIN staff ON staff.id = approvals.maker_id
     WHERE {BELOW}
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    HOLIDAY_DUES.code: SqlSource(HOLIDAY_DUES, _HOLIDAYS),
    DUAL_LOANEES.code: SqlSource(DUAL_LOANEES, _DUAL),
    DPS.code: SqlSource(DPS, _DPS),
    FDR.code: SqlSource(FDR, _FDR),
    CANCELLATIONS.code: SqlSource(CANCELLATIONS, _CANCELLATIONS),
    APPROVALS_WAITING.code: SqlSource(APPROVALS_WAITING, _WAITING),
}
