"""Comes before each peer's program: how calls are measured, and how they are asked for.

Standard input: {"suite": ..., "quick": ..., "inputs": folder, "calls": [{"benchmark": ..., parameters ...}, ...]}.
Standard output: {"peer": ..., "measurements": [{"call": ..., "nanoseconds": ..., "error": ..., "bytes": ...}, ...]}
for those of the calls that the peer has; "bytes" where a program measures memory.
"""

import json
import math
import statistics
import sys
import time

# Student's t for a two-sided confidence of 99.9 % and one degree of freedom fewer than samples.
STUDENT_T = {5: 8.610, 10: 4.781}


def measure(call, samples, seconds):
    """Returns the mean time of a call in ns and half the width of its confidence interval, None if unknown."""
    repeats = 1
    while True:
        start = time.perf_counter()
        for _ in range(repeats):
            call()
        elapsed = time.perf_counter() - start
        if elapsed >= 20 * seconds:
            return elapsed * 1e9 / repeats, None  # once has to do
        if elapsed >= seconds / 10:
            break
        repeats *= 2
    repeats = max(1, math.ceil(repeats * seconds / elapsed))
    times = []
    for _ in range(samples):
        start = time.perf_counter_ns()
        for _ in range(repeats):
            call()
        times.append((time.perf_counter_ns() - start) / repeats)
    error = STUDENT_T[samples] * statistics.stdev(times) / math.sqrt(samples)
    return statistics.fmean(times), error


def answer(peer, prepare, memory=None):
    """Measures the calls that are asked for.

    peer is the name and version of the library, or a function that gives them for the request.
    prepare(request, call) gives the function to measure and one that checks its result, or None where the peer has no
    such call. Every call's result is checked once, before it is timed.
    """
    request = json.load(sys.stdin)
    samples, seconds = (5, 0.1) if request["quick"] else (10, 0.5)
    measurements = []
    for call in request["calls"]:
        prepared = prepare(request, call)
        if prepared is None:
            continue
        function, check = prepared
        check(function())
        nanoseconds, error = measure(function, samples, seconds)
        row = {"call": call, "nanoseconds": nanoseconds, "error": error}
        if memory is not None:
            row["bytes"] = memory(function)
        measurements.append(row)
    json.dump({"peer": peer(request) if callable(peer) else peer, "measurements": measurements}, sys.stdout)
