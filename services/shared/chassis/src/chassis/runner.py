"""`run("transactions.service:TransactionsService")`: what every `__main__.py` calls, and all that it imports.

Nothing but eventlet is imported before the standard library is made cooperative: whatever is imported earlier
keeps locks and sockets that stop the whole process.
"""

import sys
import warnings


def run(target: str) -> None:
    """Run a service class, or its batch class, until it is told to stop.

    Args:
        target: `module:Class`; a class that neither serves nor hears is a batch class and gets the outbox
            relay, the finisher of steps and the housekeeping.
    """
    warnings.filterwarnings("ignore", message=r"[\s\S]*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()
    from chassis.running import run_until_stopped

    sys.exit(run_until_stopped(target))
