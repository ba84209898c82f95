"""Loops of the original, loomc 0.3.0.

Takes one JSON argument {kind, file, state, steps, early, window} and prints one JSON object.
"""

import json
import resource
import sys
import time

from loomc import BestScore, Budget, loop, score_plateau
from loomc.budget import BudgetExhausted
from loomc.checkpoint import SQLiteCheckpointStore

GIVEN = json.loads(sys.argv[1])


def read_state():
    with open(GIVEN["state"]) as file:
        return json.load(file)


def feature_options():
    scores = iter(range(10**9))
    return {
        "scorer": lambda state: float(next(scores)),
        "cost_fn": lambda state: 0.0001,
        "converge_on": score_plateau(patience=3),
        "backtrack": BestScore(),
    }


def run(step, steps, **options):
    """Repeats a step, to the budget's end, which the original tells by raising."""
    runner = loop(budget=Budget(iterations=steps, usd=10**6), checkpoint=GIVEN["file"], **options)(step)
    start = time.perf_counter()
    try:
        runner(read_state())
    except BudgetExhausted:
        pass
    return runner, time.perf_counter() - start


def identity(state):
    return state


def plain():
    _, seconds = run(identity, GIVEN["steps"])
    return {"micros": seconds * 1e6 / GIVEN["steps"]}


def features():
    _, seconds = run(identity, GIVEN["steps"], **feature_options())
    return {"micros": seconds * 1e6 / GIVEN["steps"]}


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def growth():
    early, late, window = GIVEN["early"], GIVEN["steps"], GIVEN["window"]
    times, memory = [], {}

    def step(state):
        times.append(time.perf_counter())
        if len(times) - 1 in (early, late):
            memory[len(times) - 1] = resident()
        return state

    run(step, late + window + 1, **feature_options())

    def between(first):
        gaps = sorted(times[n + 1] - times[n] for n in range(first, first + window))
        return gaps[len(gaps) // 2] * 1e6

    return {
        "early": between(early),
        "late": between(late),
        "earlyMiB": memory[early],
        "lateMiB": memory[late],
    }


def fill():
    """A run of so many steps, to be resumed by another process."""
    _, _ = run(identity, GIVEN["steps"])
    return {}


def resume():
    entered = []

    def step(state):
        entered.append(time.perf_counter())
        return state

    store = SQLiteCheckpointStore(GIVEN["file"])
    run_id = store.list_runs()[0].id
    runner = loop(budget=Budget(iterations=1), checkpoint=GIVEN["file"])(step)
    start = time.perf_counter()
    try:
        runner.resume(run_id)
    except BudgetExhausted:
        pass
    return {"ms": (entered[0] - start) * 1e3}


KINDS = {"plain": plain, "features": features, "growth": growth, "fill": fill, "resume": resume}

print(json.dumps(KINDS[GIVEN["kind"]]()))
