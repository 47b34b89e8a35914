"""The questions of which a month's snapshot is made: from balances as they stand, and what moved since.

An earlier moment is the balance of today without what was posted since, so that only the partitions of the
month and what came after it are looked into (mechanics D3, D6).
"""

from sqlalchemy import text

from transactions.models.metadata import ID
from transactions.models.snapshots import DUES, MONEY

_MINE = "office_id = :office_id AND (CAST(:after AS uuid) IS NULL OR id > :after)"
NEXT = text(
    f"""
    SELECT id FROM (
        (SELECT id FROM loans WHERE status = 'running' AND {_MINE} AND disbursed_on <= :until
          ORDER BY id LIMIT :limit)
         UNION
        (SELECT id FROM loans
          WHERE ended_on >= :begin AND status <> 'undone' AND {_MINE} AND disbursed_on <= :until
          ORDER BY id LIMIT :limit)
         UNION
        (SELECT loan_id FROM transfers
           JOIN transferred_accounts ON transferred_accounts.transfer_id = transfers.id
          WHERE transfers.from_office_id = :office_id AND transfers.from_on >= :begin
            AND loan_id IS NOT NULL AND (CAST(:after AS uuid) IS NULL OR loan_id > :after)
          ORDER BY loan_id LIMIT :limit)
    ) AS loans ORDER BY id LIMIT :limit
    """  # noqa: S608 - only names of our own columns
).columns(id=ID)

LOANS = text(
    """
    WITH asked AS (SELECT unnest(CAST(:loan_ids AS uuid[])) AS loan_id),
    held AS (
        SELECT asked.loan_id, true AS is_principal, accounts.id, accounts.office_id, accounts.balance
          FROM asked JOIN loans ON loans.id = asked.loan_id JOIN accounts ON accounts.id = loans.account_id
         UNION ALL
        SELECT asked.loan_id, true, accounts.id, accounts.office_id, accounts.balance
          FROM asked
          JOIN transferred_accounts ON transferred_accounts.loan_id = asked.loan_id
          JOIN accounts ON accounts.id = transferred_accounts.account_id
         UNION ALL
        SELECT asked.loan_id, false, accounts.id, accounts.office_id, accounts.balance
          FROM asked
          JOIN accounts ON accounts.owner_id = asked.loan_id AND accounts.ledger = :charge_ledger
    ),
    moved AS (
        SELECT held.loan_id, held.is_principal, held.office_id = :office_id AS ours,
               coalesce(undone.kind, entries.kind) AS kind, entries.business_on > :until AS later,
               CASE postings.side WHEN 'credit' THEN amount ELSE -amount END AS amount
          FROM held
          JOIN postings ON postings.account_id = held.id AND postings.business_on >= :begin
          JOIN entries ON entries.id = postings.entry_id
          LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
    ),
    told AS (
        SELECT loan_id,
               coalesce(sum(amount) FILTER (WHERE is_principal AND ours AND NOT later), 0) AS here,
               coalesce(sum(amount) FILTER (WHERE is_principal AND ours AND later), 0) AS here_later,
               coalesce(sum(amount) FILTER (WHERE is_principal AND NOT later), 0) AS anywhere,
               coalesce(sum(amount) FILTER (WHERE is_principal AND later), 0) AS anywhere_later,
               coalesce(sum(amount) FILTER (WHERE NOT is_principal AND kind <> 'opening'), 0) AS charged,
               coalesce(sum(-amount) FILTER (
                   WHERE is_principal AND ours AND NOT later AND kind = 'disbursement'), 0) AS disbursed,
               coalesce(sum(-amount) FILTER (
                   WHERE is_principal AND ours AND NOT later AND kind = ANY(:coming)), 0) AS moved_in,
               coalesce(sum(amount) FILTER (
                   WHERE is_principal AND ours AND NOT later AND kind = 'transfer_out'), 0) AS moved_out,
               coalesce(sum(amount) FILTER (
                   WHERE is_principal AND ours AND NOT later AND kind = 'waiver'), 0) AS waived,
               coalesce(sum(amount) FILTER (
                   WHERE is_principal AND ours AND NOT later AND kind = 'write_off'), 0) AS written_off,
               coalesce(sum(amount) FILTER (
                   WHERE NOT is_principal AND ours AND NOT later AND kind <> ALL(:not_paid)), 0)
                   AS recovered_charge,
               coalesce(sum(-amount) FILTER (
                   WHERE is_principal AND NOT later AND kind = ANY(:changing_place)), 0) AS came,
               coalesce(sum(amount) FILTER (
                   WHERE is_principal AND NOT later AND kind = ANY(:ending)), 0) AS forgiven,
               coalesce(sum(amount) FILTER (
                   WHERE NOT is_principal AND NOT later AND kind <> ALL(:not_paid)), 0) AS charged_in_it
          FROM moved GROUP BY loan_id
    ),
    stood AS (
        SELECT loan_id,
               coalesce(sum(balance) FILTER (WHERE is_principal AND office_id = :office_id), 0) AS here,
               sum(balance) FILTER (WHERE is_principal) AS anywhere,
               coalesce(sum(balance) FILTER (WHERE NOT is_principal), 0) AS charged
          FROM held GROUP BY loan_id
    )
    SELECT loans.id AS loan_id, loans.principal, loans.office_id = :office_id AS is_office,
           loans.status <> 'running' AND loans.ended_on <= :until AS ended,
           stood.here + coalesce(told.here_later, 0) AS outstanding,
           stood.here + coalesce(told.here_later + told.here, 0) AS opening,
           stood.anywhere + coalesce(told.anywhere_later, 0) AS outstanding_anywhere,
           stood.anywhere + coalesce(told.anywhere_later + told.anywhere, 0) AS opening_anywhere,
           stood.charged - coalesce(told.charged, 0) AS paid_charge_before,
           coalesce(told.disbursed, 0) AS disbursed, coalesce(told.moved_in, 0) AS moved_in,
           coalesce(told.moved_out, 0) AS moved_out, coalesce(told.waived, 0) AS waived,
           coalesce(told.written_off, 0) AS written_off,
           coalesce(told.recovered_charge, 0) AS recovered_charge, coalesce(told.came, 0) AS came,
           coalesce(told.here + told.disbursed + told.moved_in - told.moved_out - told.waived
                    - told.written_off, 0) AS recovered_principal,
           coalesce(told.anywhere + told.came - told.forgiven + told.charged_in_it, 0) AS recovered_anywhere,
           coalesce(first.due[width_bucket(least(CAST(:eve AS date), deceased_on), first.due_on)], 0)
               AS promised_before,
           coalesce(last.due[width_bucket(least(CAST(:eve AS date), deceased_on), last.due_on)], 0)
               AS promised_before_now,
           coalesce(last.due[width_bucket(least(CAST(:until AS date), deceased_on), last.due_on)], 0)
               AS promised_until
      FROM asked
      JOIN loans ON loans.id = asked.loan_id
      JOIN stood ON stood.loan_id = loans.id
      LEFT JOIN told ON told.loan_id = loans.id
      LEFT JOIN members ON members.id = loans.member_id
      LEFT JOIN brought_accounts ON brought_accounts.account_id = loans.id
      LEFT JOIN LATERAL (
        SELECT due_on, ARRAY(SELECT a + b FROM unnest(principal, charge) AS both_of(a, b)) AS due
          FROM loan_schedules
         WHERE loan_schedules.loan_id = loans.id
           AND (recorded_on < :begin OR (version = 1 AND brought_accounts.account_id IS NOT NULL))
         ORDER BY version DESC LIMIT 1
      ) AS first ON true
      CROSS JOIN LATERAL (
        SELECT due_on, ARRAY(SELECT a + b FROM unnest(principal, charge) AS both_of(a, b)) AS due
          FROM loan_schedules WHERE loan_schedules.loan_id = loans.id
         ORDER BY recorded_on <= :until DESC,
                  CASE WHEN recorded_on <= :until THEN version ELSE -version END DESC
         LIMIT 1
      ) AS last
     ORDER BY loans.id
    """
).columns(loan_id=ID)

_NAMES = ", ".join((*MONEY, *DUES))
_SUMS = ", ".join(f"sum(loan_months.{name})::bigint" for name in (*MONEY, *DUES))
LOAN_TOTALS = text(
    f"""
    INSERT INTO loan_snapshots
           (office_id, month, product_code, fund, sex, loans, borrowers, lent, ended, late, {_NAMES})
    SELECT loan_months.office_id, month, product_code, fund, sex,
           count(*) FILTER (WHERE outstanding > 0),
           count(DISTINCT member_id) FILTER (WHERE outstanding > 0),
           count(*) FILTER (WHERE disbursed > 0),
           count(*) FILTER (WHERE ended_on BETWEEN :begin AND :until),
           count(*) FILTER (WHERE due > 0),
           {_SUMS}
      FROM loan_months JOIN loans ON loans.id = loan_months.loan_id
     WHERE loan_months.office_id = :office_id AND month = :begin
     GROUP BY loan_months.office_id, month, product_code, fund, sex
    """  # noqa: S608 - only names of our own columns
)

_COUNTED_ON = """
    CASE WHEN coalesce(undone.kind, entries.kind) = ANY(:valued) THEN entries.value_on
         ELSE entries.business_on END
"""
_SIGN = "CASE WHEN entries.reverses_entry_id IS NULL THEN 1 ELSE -1 END"
_SAVINGS = f"""
    WITH moved AS (
        SELECT accounts.id AS account_id, {_COUNTED_ON} AS counted_on,
               coalesce(undone.kind, entries.kind) AS kind, {_SIGN} AS sign,
               postings.side = 'credit' AS credited, amount
          FROM accounts
          JOIN postings ON postings.account_id = accounts.id AND postings.business_on >= :begin
          JOIN entries ON entries.id = postings.entry_id
          LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
         WHERE accounts.office_id = :office_id AND accounts.ledger = ANY(:savings)
    ), flows AS (
        SELECT account_id, kind, counted_on > :until AS later, counted_on < :begin AS earlier,
               CASE WHEN credited THEN amount ELSE -amount END AS change,
               CASE WHEN kind IN ('interest', 'interest_adjustment') THEN 'interest'
                    WHEN kind IN ('transfer_in', 'opening') THEN 'moved_in'
                    WHEN kind = 'transfer_out' THEN 'moved_out'
                    WHEN credited = (sign = 1) THEN 'deposited' ELSE 'withdrawn' END AS flow
          FROM moved
    ), told AS (
        SELECT account_id, coalesce(sum(change) FILTER (WHERE later), 0) AS later,
               coalesce(sum(change) FILTER (WHERE NOT later AND NOT earlier), 0) AS in_it,
               coalesce(sum(change) FILTER (WHERE NOT later AND NOT earlier AND flow = 'deposited'), 0)
                   AS deposited,
               coalesce(sum(-change) FILTER (WHERE NOT later AND NOT earlier AND flow = 'withdrawn'), 0)
                   AS withdrawn,
               coalesce(sum(change) FILTER (WHERE NOT later AND NOT earlier AND flow = 'interest'), 0)
                   AS interest,
               coalesce(sum(change) FILTER (WHERE NOT later AND NOT earlier AND flow = 'moved_in'), 0)
                   AS moved_in,
               coalesce(sum(-change) FILTER (WHERE NOT later AND NOT earlier AND flow = 'moved_out'), 0)
                   AS moved_out
          FROM flows GROUP BY account_id
    ), stood AS (
        SELECT accounts.id, accounts.ledger, accounts.member_id, accounts.opened_on, accounts.closed,
               coalesce(terms ->> 'product_code', '') AS product_code, coalesce(terms ->> 'fund', '') AS fund,
               coalesce(terms ->> 'sex', '') AS sex,
               accounts.balance - coalesce(told.later, 0) AS closing,
               accounts.balance - coalesce(told.later, 0) - coalesce(told.in_it, 0) AS opening,
               coalesce(told.deposited, 0) AS deposited, coalesce(told.withdrawn, 0) AS withdrawn,
               coalesce(told.interest, 0) AS interest, coalesce(told.moved_in, 0) AS moved_in,
               coalesce(told.moved_out, 0) AS moved_out, told.account_id IS NOT NULL AS has_moved
          FROM accounts
          JOIN account_terms ON account_terms.account_id = accounts.id
           AND account_terms.version = accounts.terms_version
          LEFT JOIN told ON told.account_id = accounts.id
         WHERE accounts.office_id = :office_id AND accounts.ledger = ANY(:savings)
           AND coalesce(accounts.opened_on, accounts.opened_at::date) <= :until
    )
"""  # noqa: S608 - only names of our own columns
SAVINGS_TOTALS = text(
    f"""
    {_SAVINGS}
    INSERT INTO savings_snapshots
           (office_id, month, ledger, product_code, fund, sex, accounts, savers, opened, closed,
            opening, deposited, withdrawn, interest, moved_in, moved_out, closing)
    SELECT :office_id, :begin, ledger, product_code, fund, sex,
           count(*) FILTER (WHERE NOT closed OR closing <> 0),
           count(DISTINCT member_id) FILTER (WHERE closing > 0),
           count(*) FILTER (WHERE opened_on >= :begin),
           count(*) FILTER (WHERE closed AND has_moved AND closing = 0),
           sum(opening), sum(deposited), sum(withdrawn), sum(interest), sum(moved_in), sum(moved_out),
           sum(closing)
      FROM stood
     GROUP BY ledger, product_code, fund, sex
    """  # noqa: S608 - only names of our own columns
)

MEMBERS = text(
    f"""
    {_SAVINGS}, known AS (
        SELECT member_id, max(sex) AS sex, bool_or(closing > 0) AS saves FROM stood GROUP BY member_id
    ), borrowing AS (
        SELECT loans.member_id, max(loans.sex) AS sex
          FROM loan_months JOIN loans ON loans.id = loan_months.loan_id
         WHERE loan_months.office_id = :office_id AND loan_months.month = :begin AND outstanding > 0
         GROUP BY loans.member_id
    ), theirs AS (
        SELECT id AS member_id, admitted_on FROM members
         WHERE branch_id = :office_id AND admitted_on <= :until AND code IS NOT NULL AND status <> 'closed'
    )
    INSERT INTO member_snapshots (office_id, month, sex, members, admitted, borrowers, savers)
    SELECT :office_id, :begin, coalesce(nullif(known.sex, ''), borrowing.sex, '') AS sex,
           count(theirs.member_id), count(*) FILTER (WHERE theirs.admitted_on >= :begin),
           count(borrowing.member_id), count(*) FILTER (WHERE known.saves)
      FROM theirs
      FULL JOIN known ON known.member_id = theirs.member_id
      FULL JOIN borrowing ON borrowing.member_id = coalesce(theirs.member_id, known.member_id)
     WHERE theirs.member_id IS NOT NULL OR borrowing.member_id IS NOT NULL OR known.saves
     GROUP BY 3
    """  # noqa: S608 - only names of our own columns
)
