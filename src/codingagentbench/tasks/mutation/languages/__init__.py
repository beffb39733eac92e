"""The languages that can be mutated: one file and one row each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from codingagentbench.tasks.mutation.grammar import Grammar
from codingagentbench.tasks.mutation.languages.cpp import CPP
from codingagentbench.tasks.mutation.languages.go import GO
from codingagentbench.tasks.mutation.languages.java import JAVA
from codingagentbench.tasks.mutation.languages.javascript import JAVASCRIPT
from codingagentbench.tasks.mutation.languages.python import PYTHON
from codingagentbench.tasks.mutation.languages.rust import RUST

#: By the name that tasks use for the language.
LANGUAGES: Final[Mapping[str, Grammar]] = MappingProxyType(
    {row.name: row for row in (PYTHON, RUST, GO, JAVA, JAVASCRIPT, CPP)}
)

__all__ = ["LANGUAGES"]
