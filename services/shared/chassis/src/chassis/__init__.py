"""How a service runs: calls, events, database, steps, clock, ids, logging, health. It knows no business."""
