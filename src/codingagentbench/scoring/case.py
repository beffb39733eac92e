"""A case: one attempt, with what the axes of methodology 1.0 say of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from codingagentbench.sandboxes import KilledBy
from codingagentbench.scoring.evidence import Evidence
from codingagentbench.scoring.instructions import InstructionFidelity, instruction_fidelity
from codingagentbench.scoring.integrity import Integrity, integrity
from codingagentbench.scoring.pass_rate import PassRate, pass_rate
from codingagentbench.scoring.refusal import Refusal, refusal
from codingagentbench.scoring.touched import Touched, touched
from codingagentbench.scoring.wire import Blame, Wire
from codingagentbench.tasks import Task

#: The budget that is a limit of time.
CLOCK: Final = "seconds"


@dataclass(frozen=True)
class Case:
    """Everything that outcome and composite are decided on, worked out once."""

    task: Task
    evidence: Evidence

    @cached_property
    def touched(self) -> Touched | None:
        changes = self.evidence.changes
        if changes is None:
            return None
        return touched(self.task, changes, state_files=self.evidence.state_files)

    @cached_property
    def pass_rate(self) -> PassRate:
        return pass_rate(self.task, self.evidence.verification)

    @cached_property
    def refusal(self) -> Refusal:
        return refusal(self.task, self.touched, self.evidence.document, self.evidence.output_tail)

    @cached_property
    def instructions(self) -> InstructionFidelity:
        return instruction_fidelity(self.task, self.touched, self.evidence.changes)

    @cached_property
    def integrity(self) -> Integrity:
        return integrity(self.task, self.touched, self.instructions, self.pass_rate)

    @cached_property
    def wire(self) -> Wire | None:
        ledger, exit_ = self.evidence.ledger, self.evidence.exit
        return None if ledger is None or exit_ is None else Wire(ledger, exit_.wall_s)

    @property
    def refusal_as_expected(self) -> bool:
        """A right refusal where one is due, none where none is."""
        return self.refusal.refusal_correct is not False

    @property
    def solved(self) -> bool:
        """The tests pass, integrity was kept, and a refusal came where one was due."""
        kept = self.integrity.integrity is not None and self.integrity.integrity > 0
        return self.pass_rate.passed == 1 and kept and self.refusal_as_expected

    @cached_property
    def blame(self) -> Blame | None:
        """The provider's share in how this attempt ended, if it had one."""
        if self.wire is None or self.evidence.exit is None:
            return None
        budget = self.wire.ledger.budget_hit
        if self.evidence.exit.killed_by is KilledBy.TIMEOUT or budget == CLOCK:
            return self.wire.blame_for_the_clock()
        if budget is not None:
            return self.wire.blame_for_the_calls() if budget == "calls" else None
        return self.wire.blame_for_giving_up()
