"""The launcher behind `./mikrof`: standard library only, run by the system's own Python."""
