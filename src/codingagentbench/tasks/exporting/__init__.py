"""Tasks of ours in other people's layouts. Nothing is run here."""

from codingagentbench.tasks.exporting.harbor import export_harbor

__all__ = ["export_harbor"]
