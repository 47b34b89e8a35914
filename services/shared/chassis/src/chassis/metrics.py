"""What is counted, for Prometheus. Labels are names and codes of ours, never what a person sent."""

from prometheus_client import Counter, Gauge, Histogram

CALLS = Counter("mikrof_calls_total", "Calls, events, steps and timers worked on", ["what", "code"])
SECONDS = Histogram(
    "mikrof_call_seconds",
    "How long they took",
    ["what"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
OUTBOX_WAITING = Gauge("mikrof_outbox_waiting", "Events told and not yet published")
OUTBOX_LAG = Gauge("mikrof_outbox_lag_seconds", "Age of the oldest event not yet published")
PARKED = Gauge("mikrof_parked", "Events by state: waiting for another try, parked for an operator", ["state"])
STEPS = Gauge("mikrof_steps_waiting", "Steps planned and not yet done")
REPEATED = Counter("mikrof_repeated_total", "Runs of operations that a deadlock or a lost connection ended")
UNREADABLE = Counter("mikrof_unreadable_total", "Messages whose bytes could not be read", ["queue"])
