"""Pure rules of accounts over time: periods, and where each status leads."""

from datetime import timedelta

from jobsphere.accounts.types import ChangeStatus, ClosureStatus, ExportStatus
from jobsphere.kit.lifecycle import Lifecycle, step

#: A deactivated account can be opened again for so long; then only support can.
RECOVERY = timedelta(days=180)
#: Between the wish to be deleted and the erasure.
GRACE = timedelta(days=14)
EMAIL_CHANGE = timedelta(hours=24)
EMAIL_CHANGE_ATTEMPTS = 10
EXPORT_KEPT = timedelta(days=7)
#: An export takes work; one a day is enough for everybody.
EXPORT_EVERY = timedelta(days=1)

OWNER, CLOCK = "owner", "system"
_C, _E, _X = ClosureStatus, ChangeStatus, ExportStatus

CLOSURE: Lifecycle[ClosureStatus] = Lifecycle(
    {
        (_C.CLOSED, "recover"): step(_C.RECOVERED, OWNER),
        (_C.CLOSED, "erase"): step(_C.ERASED, CLOCK),
        (_C.CLOSED, "block"): step(_C.BLOCKED, CLOCK),
        (_C.BLOCKED, "recover"): step(_C.RECOVERED, OWNER),
        (_C.BLOCKED, "erase"): step(_C.ERASED, CLOCK),
    }
)
EMAIL_CHANGES: Lifecycle[ChangeStatus] = Lifecycle(
    {
        (_E.PENDING, "finish"): step(_E.DONE, OWNER),
        (_E.PENDING, "cancel"): step(_E.CANCELLED, OWNER),
        (_E.PENDING, "expire"): step(_E.EXPIRED, CLOCK),
    }
)
EXPORT: Lifecycle[ExportStatus] = Lifecycle(
    {
        (_X.QUEUED, "build"): step(_X.BUILDING, CLOCK),
        (_X.BUILDING, "finish"): step(_X.READY, CLOCK),
        (_X.BUILDING, "fail"): step(_X.FAILED, CLOCK),
        (_X.READY, "expire"): step(_X.EXPIRED, CLOCK),
    }
)
