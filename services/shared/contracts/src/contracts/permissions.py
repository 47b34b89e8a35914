"""Which role may do what: one table, checked by the gateway and again by the service (architecture §7)."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the institution."""

    ADMINISTRATOR = "administrator"
    AREA_MANAGER = "area_manager"
    BRANCH_MANAGER = "branch_manager"
    ACCOUNTANT = "accountant"
    FIELD_OFFICER = "field_officer"
    AUDITOR = "auditor"
    MEMBER = "member"


_TABLE = {
    Role.ADMINISTRATOR: """
        chart:propose chart:approve chart:read
        office:open office:read staff:propose staff:approve staff:read staff:switch samity:open samity:read
        member:read login:read message:read audit:read approval:read book:read day:read
        product:propose product:approve product:read limit:propose limit:approve limit:read loan:quote
        acting:propose acting:approve acting:end acting:read report:read report:run
        holiday:declare holiday:approve holiday:approve_area holiday:read override:read loan:read
        class:propose class:approve class:read month:read
        cash_limit:propose cash_limit:approve field_payments:propose field_payments:approve
        note:read_audit parked:read parked:propose parked:approve template:read template:propose
        template:approve device:read device:switch
        cut_over:read
    """,
    Role.AREA_MANAGER: """
        chart:read voucher:approve opening:propose opening:approve year:approve
        office:read staff:read samity:read member:read book:read day:read message:read approval:read
        sheet:read sheet:check handover:read shortage:accept deferral:accept audit:read
        excess:approve excess:approve_area
        month:close month:sign month:read day:propose_supplement day:reopen
        product:read limit:read loan:quote loan:read loan:recommend loan:approve loan:approve_change
        loan:call_back loan:cancel target:set
        override:approve override:read settlement:approve withdrawal:approve savings:read interest:read
        correction:approve holiday:approve holiday:approve_area holiday:read class:read member:approve_change
        reversal:approve
        death:approve passbook:read withdrawal:approve_area correction:approve_area closing:approve
        acting:propose acting:end acting:read report:read report:run
        surprise_count:record surprise_count:read passbook_check:read finding:read
        finding:answer document:read note:write note:read_audit leaving:read complaint:take complaint:read
        complaint:answer complaint:above
        cut_over:prepare cut_over:approve cut_over:read
    """,
    Role.BRANCH_MANAGER: """
        chart:read voucher:approve opening:approve year:approve
        office:read staff:read staff:hold samity:open samity:read member:read member:approve member:unmask
        login:approve login:suspend login:reactivate login:read sheet:read sheet:return sheet:check
        month:close month:propose month:read day:propose_supplement
        excess:propose excess:approve
        sheet:approve_not_held sheet:defer sheet:take_over handover:read handover:count handover:authorise
        shortage:accept cash:confirm unallocated:resolve reversal:approve day:open day:close day:read
        mobile_money:match book:read passbook:read message:read approval:read receipt:read audit:read
        product:read limit:read loan:quote loan:read loan:recommend loan:approve loan:propose_change
        loan:cancel
        override:propose override:read settlement:approve savings:read savings:approve withdrawal:approve
        closing:approve interest:read correction:approve holiday:declare holiday:approve holiday:read
        class:read member:propose_change member:approve_change staff:names acting:read
        target:set report:read report:run surprise_count:record surprise_count:see surprise_count:read
        passbook_check:read passbook_check:record finding:read finding:answer picture:add document:read
        note:write leaving:begin leaving:finish leaving:read login:close device:read complaint:take
        complaint:read complaint:answer
        cut_over:read cut_over:confirm
    """,
    Role.ACCOUNTANT: """
        chart:read voucher:propose year:propose excess:propose
        office:read samity:read member:read login:issue login:suspend login:read sheet:read sheet:return
        handover:read handover:count handover:authorise cash:count deposit:post receipt:read
        reversal:propose day:read book:read passbook:read message:read approval:read
        product:read loan:quote loan:read loan:recommend loan:disburse repayment:post settlement:propose
        loan:cancel
        fee:post savings:read savings:open savings:close withdrawal:propose withdrawal:pay interest:run
        float:issue interest:read correction:propose holiday:read class:run class:read member:propose_change
        passbook:issue override:read staff:names month:read report:read report:run mobile_money:import
        surprise_count:see surprise_count:read picture:add note:write login:close complaint:take
        cut_over:prepare cut_over:read cut_over:confirm
    """,
    Role.FIELD_OFFICER: """
        samity:read member:read member:admit sheet:read sheet:hold sheet:submit float:accept handover:declare
        handover:read passbook:read approval:read office:read day:read
        product:read loan:quote loan:read loan:propose savings:read savings:open withdrawal:propose
        holiday:read staff:names loan:cancel report:read report:run
        surprise_count:see surprise_count:read picture:add note:write leaving:sign leaving:read
        complaint:take complaint:see
    """,
    Role.AUDITOR: """
        chart:read
        office:read staff:read samity:read member:read sheet:read handover:read book:read day:read
        passbook:read message:read audit:read receipt:read approval:read login:read
        product:read limit:read loan:quote loan:read savings:read interest:read holiday:read class:read
        override:read acting:read month:read
        report:read report:run surprise_count:record surprise_count:read passbook_check:read
        passbook_check:record finding:read finding:raise finding:close sample:draw document:read note:audit
        note:read_audit parked:read template:read leaving:read device:read complaint:take complaint:read
        complaint:above
        cut_over:read
    """,
    Role.MEMBER: "passbook:own message:own preference:own complaint:own",
}

_EVERYBODY = frozenset({"session:own"})

PERMISSIONS: dict[Role, frozenset[str]] = {
    role: _EVERYBODY | frozenset(permissions.split()) for role, permissions in _TABLE.items()
}
ALL_PERMISSIONS = frozenset().union(*PERMISSIONS.values())


def permits(role: str, permission: str) -> bool:
    """Tell whether a role holds a permission; an unknown role holds none."""
    return role in PERMISSIONS and permission in PERMISSIONS[Role(role)]
