"""Spans: what happened when, through OpenTelemetry, kept as plain values."""
