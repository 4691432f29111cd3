"""A mixed-integer programme as it grows, solved by HiGHS the same way every time.

One thread and a fixed seed: the same programme has the same solution on every machine, as long as
the time limit does not end the search.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import highspy
import numpy as np

INFINITY = highspy.kHighsInf
MANY = 1_000_000_000
Terms = Iterable[tuple[int, float]]


class Solution(NamedTuple):
    """What came out. ``gap``: how far at most from the best there is, relative; 0 = proven."""

    status: str  # "optimal" (within the gap that was asked for), "infeasible", "limit"
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    objective: float
    gap: float

    @property
    def found(self) -> bool:
        return len(self.values) > 0

    def of(self, terms: Terms) -> float:
        """The value of a linear expression."""
        return float(sum(self.values[column] * factor for column, factor in terms))


class _Silent(highspy.Highs):
    """One that prints nothing. Making a solver enables its callbacks, which prints a banner."""

    def enableCallbacks(self) -> None:  # noqa: N802 - its name there
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass
class Programme:
    """Minimise the costs of the variables within the rows."""

    costs: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def variable(self, *, cost: float = 0.0, upper: float = 1.0, whole: bool = False) -> int:
        """Add one, from 0 to ``upper``; its number."""
        self.costs.append(cost)
        self.uppers.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, terms: Terms, low: float, high: float) -> None:
        """``low`` ≤ the sum of ``terms`` ≤ ``high``. A variable may occur more than once."""
        together: dict[int, float] = {}
        for column, factor in terms:
            together[column] = together.get(column, 0.0) + factor
        self.lows.append(low)
        self.highs.append(high)
        self.starts.append(len(self.columns))
        self.columns.extend(together)
        self.factors.extend(together.values())

    def solve(
        self, *, seconds: float, gap: float = 0.0, near: float = 0.0, nodes: int = MANY
    ) -> Solution:
        """The best within ``gap`` (relative) or ``near`` (absolute), or the best found in
        ``seconds`` or ``nodes`` of the search; the number of nodes is the same on every machine.
        """
        solver = _Silent()  # type: ignore[no-untyped-call]  # half typed
        for name, value in {
            "threads": 1,
            "random_seed": 0,
            "time_limit": max(seconds, 0.05),
            "mip_rel_gap": gap,
            "mip_abs_gap": near,
            "mip_max_nodes": nodes,
        }.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        solver.run()
        return self._read(solver)

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.lows)
        model.col_cost_ = np.array(self.costs)
        model.col_lower_ = np.zeros(len(self.costs))
        model.col_upper_ = np.array(self.uppers)
        model.row_lower_, model.row_upper_ = np.array(self.lows), np.array(self.highs)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array([*self.starts, len(self.columns)])
        model.a_matrix_.index_ = np.array(self.columns)
        model.a_matrix_.value_ = np.array(self.factors)
        if any(self.whole):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in self.whole]
        return model

    def _read(self, solver: highspy.Highs) -> Solution:
        said = solver.getModelStatus()
        info = solver.getInfo()
        nothing = np.zeros(0)
        if said in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kModelEmpty}:
            return Solution("infeasible", nothing, INFINITY, INFINITY)
        status = "optimal" if said == highspy.HighsModelStatus.kOptimal else "limit"
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Solution(status, nothing, INFINITY, INFINITY)
        values = np.array(solver.getSolution().col_value)
        gap = max(0.0, info.mip_gap) if any(self.whole) else 0.0
        return Solution(status, values, info.objective_function_value, gap)
