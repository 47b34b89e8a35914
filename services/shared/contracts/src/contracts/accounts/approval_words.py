"""The kinds of what waits for a second person in accounts, and the verb that decides each."""

from enum import StrEnum


class ApprovalKind(StrEnum):
    """What waits for a second person in accounts."""

    ADMISSION = "admission"
    PRODUCT = "product"
    LAW = "law"
    OVERRIDE = "override"
    SAVINGS_OPENING = "savings_opening"
    NUMBER_CHANGE = "number_change"
    EXIT = "exit"
    EXIT_UNDO = "exit_undo"
    DEATH = "death"
    DEATH_AREA = "death_area"
    LOAN = "loan"
    HOLIDAY = "holiday"
    HOLIDAY_AREA = "holiday_area"
    TRANSFER = "transfer"
    RESCHEDULE = "reschedule"
    PICTURE = "picture"
    CUT_OVER = "cut_over"


APPROVAL_PERMISSIONS = {
    ApprovalKind.ADMISSION: "member:approve",
    ApprovalKind.PRODUCT: "product:approve",
    ApprovalKind.LAW: "product:approve",
    ApprovalKind.OVERRIDE: "override:approve",
    ApprovalKind.SAVINGS_OPENING: "savings:approve",
    ApprovalKind.NUMBER_CHANGE: "member:approve_change",
    ApprovalKind.EXIT: "member:approve_change",
    ApprovalKind.EXIT_UNDO: "member:approve_change",
    ApprovalKind.DEATH: "member:approve_change",
    ApprovalKind.DEATH_AREA: "death:approve",
    ApprovalKind.LOAN: "loan:approve",
    ApprovalKind.HOLIDAY: "holiday:approve",
    ApprovalKind.HOLIDAY_AREA: "holiday:approve_area",
    ApprovalKind.TRANSFER: "member:approve_change",
    ApprovalKind.RESCHEDULE: "loan:approve_change",
    ApprovalKind.PICTURE: "member:approve_change",
    ApprovalKind.CUT_OVER: "cut_over:approve",
}
