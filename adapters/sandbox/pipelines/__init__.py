"""Pipelines, what they built, and where they deployed it: with environments, and with classic releases."""
