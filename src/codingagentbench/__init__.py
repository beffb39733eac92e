"""CodingAgentBench: real coding agents on real tasks, in a sandbox, counted on the wire."""

__version__ = "0.1.0"
