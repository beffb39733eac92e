"""A matrix of cells run to its end: plan, lock, queue, engines; interrupted and resumed at will."""

from codingagentbench.sweeps.driving import Drive, End, EndedBy, Engine, Stop, WorkerLost
from codingagentbench.sweeps.events import OnSweep, SweepEvent, What
from codingagentbench.sweeps.file import SweepAgent, SweepFile, SweepModel, load_sweep
from codingagentbench.sweeps.forecast import Expected, Forecast
from codingagentbench.sweeps.home import Home, find_home
from codingagentbench.sweeps.local import LocalEngine
from codingagentbench.sweeps.lock import Lock, differences, lock_of, read_lock
from codingagentbench.sweeps.notify import notify
from codingagentbench.sweeps.plan import Pair, Plan, Planned, find_tasks, make_plan
from codingagentbench.sweeps.ray_engine import RayEngine
from codingagentbench.sweeps.ray_node import Orders
from codingagentbench.sweeps.scheduling import Scheduler, Todo, Wait
from codingagentbench.sweeps.session import Opened, Source, open_sweep, settle, source_of
from codingagentbench.sweeps.spending import Spent
from codingagentbench.sweeps.states import Standing, State, states_of
from codingagentbench.sweeps.summary import Summary, summary_of, unsupported_of

__all__ = [
    "Drive",
    "End",
    "EndedBy",
    "Engine",
    "Expected",
    "Forecast",
    "Home",
    "LocalEngine",
    "Lock",
    "OnSweep",
    "Opened",
    "Orders",
    "Pair",
    "Plan",
    "Planned",
    "RayEngine",
    "Scheduler",
    "Source",
    "Spent",
    "Standing",
    "State",
    "Stop",
    "Summary",
    "SweepAgent",
    "SweepEvent",
    "SweepFile",
    "SweepModel",
    "Todo",
    "Wait",
    "What",
    "WorkerLost",
    "differences",
    "find_home",
    "find_tasks",
    "load_sweep",
    "lock_of",
    "make_plan",
    "notify",
    "open_sweep",
    "read_lock",
    "settle",
    "source_of",
    "states_of",
    "summary_of",
    "unsupported_of",
]
