"""CodingAgentBench."""
