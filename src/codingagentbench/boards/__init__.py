"""Records to tables for people: the board, the comparison of two rows, the gate."""

from codingagentbench.boards.board import Board, BoardRow, board_of
from codingagentbench.boards.columns import Coded, Columns, columns_of, encode, final, where
from codingagentbench.boards.comparing import Comparison, TaskPair, compare, verdict
from codingagentbench.boards.gating import Answer, Gate, Gated, gate
from codingagentbench.boards.stored import read_columns
from codingagentbench.boards.words import WORDS

__all__ = [
    "WORDS",
    "Answer",
    "Board",
    "BoardRow",
    "Coded",
    "Columns",
    "Comparison",
    "Gate",
    "Gated",
    "TaskPair",
    "board_of",
    "columns_of",
    "compare",
    "encode",
    "final",
    "gate",
    "read_columns",
    "verdict",
    "where",
]
