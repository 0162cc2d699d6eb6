"""Trains in PyTorch what the request on standard input names, and tells how its errors fell, on one thread.

Standard input: {"model": ..., "inputs": folder, "trained": molecules, "form": ..., "started": seconds of the epoch}.
Standard output: what ConvergenceRun reads. Only steps count as training time; validations come in between.
"""

import itertools
import json
import time

AT_ONCE = 32  # molecules that are described or validated together
FIRST = 10  # steps whose losses are compared


def groups(start, end):
    return [range(a, min(a + AT_ONCE, end)) for a in range(start, end, AT_ONCE)]


class LearnedBasisTraining:
    """The learned basis on stored functions of pairs, with AdamW, clipping by a running norm and averaged weights."""

    def __init__(self, request, arrays, dtype):
        self.form, self.trained = request["form"], request["trained"]
        weights = {name[8:]: arrays[name] for name in arrays.files if name.startswith("weights/")}
        given = {name: {"values": a, "shape": a.shape} for name, a in weights.items()}
        scale = {"values": arrays["scale"], "shape": arrays["scale"].shape}
        self.model = model = Model({**self.form, "weights": given, "scale": scale}, dtype)
        self.weights = list(model.weights.values())
        self.averages = [w.detach().clone() for w in self.weights]
        self.updates, self.norm = 0, 0.0
        self.optimizer = torch.optim.AdamW(self.weights, weight_decay=self.form["weightDecay"], fused=True)
        self.molecules = []
        ends = arrays["sizes"].cumsum()
        names = ("positions", "types", "forces")
        positions, types, forces = (np.split(arrays[name], ends[:-1]) for name in names)
        for some in groups(0, len(ends)):
            self.molecules += self.described([positions[m] for m in some], [types[m] for m in some], dtype)
        for one, force, energy in zip(self.molecules, forces, arrays["energies"]):
            one["forces"], one["energy"] = torch.tensor(force).to(dtype), torch.tensor(energy).to(dtype)

    def described(self, positions, types, dtype):
        """Functions of pairs and their derivatives, made in float64, which do not depend on the weights."""
        pairs = [neighbors(points, self.model.cutoff) for points in positions]
        vectors = [points[j] - points[i] for points, (i, j) in zip(positions, pairs)]
        counts = [len(i) for i, _ in pairs]
        vectors = torch.tensor(np.concatenate(vectors))
        radial, angular = self.model.functions(vectors)
        found = (x.to(dtype).split(counts) for x in (radial, angular, self.model.slopes(vectors)))
        return [
            {
                "element": torch.tensor([self.form["types"].index(t) for t in own]),
                "first": torch.tensor(i),
                "second": torch.tensor(j),
                "radial": r.clone(),
                "angular": a.clone(),
                "jacobian": d.clone(),
            }
            for own, (i, j), r, a, d in zip(types, pairs, *found)
        ]

    def load(self, chosen):
        own = [self.molecules[m] for m in chosen]
        sizes = [len(one["element"]) for one in own]
        starts = list(itertools.accumulate(sizes[:-1], initial=0))

        def joined(name):
            return torch.cat([one[name] for one in own])

        first, second = (torch.cat([one[n] + s for one, s in zip(own, starts)]) for n in ("first", "second"))
        system = torch.arange(len(own)).repeat_interleave(torch.tensor(sizes))
        order = self.model.arrange(joined("element"), first, second, system)
        self.model.functions_of_pairs = joined("radial"), joined("angular")
        self.model.jacobian = joined("jacobian")
        self.model.forces = joined("forces")[order]
        self.model.energies = torch.stack([one["energy"] for one in own])

    def step(self, chosen, rate):
        self.load(chosen)
        self.optimizer.param_groups[0]["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model.from_functions(self.form)
        loss.backward()
        limit = self.form["clipFactor"] * self.norm if self.norm else math.inf
        norm = torch.nn.utils.clip_grad_norm_(self.weights, limit, foreach=True).item()
        keep = self.form["clipDecay"]
        self.norm = keep * self.norm + (1 - keep) * min(norm, limit) if self.norm else norm
        self.optimizer.step()
        keep = min(self.form["averageDecay"], (1 + self.updates) / (10 + self.updates))
        with torch.no_grad():
            torch._foreach_lerp_(self.averages, self.weights, 1 - keep)
        self.updates += 1
        return loss.item()

    def errors(self):
        """Mean absolute errors of the averaged weights, of energies and of forces."""
        trained, sums = self.model.weights, [0.0, 0.0]
        self.model.weights = dict(zip(trained, self.averages))
        for some in groups(self.trained, len(self.molecules)):
            self.load(some)
            atoms, forces = self.model.energy_and_forces(False)
            energies = torch.zeros_like(self.model.energies).index_add(0, self.model.system, atoms.detach())
            sums[0] += (energies - self.model.energies).abs().sum().item()
            sums[1] += (forces - self.model.forces).abs().mean(1).sum().item()
        self.model.weights = trained
        held_out = self.molecules[self.trained :]
        return sums[0] / len(held_out), sums[1] / sum(len(one["element"]) for one in held_out)


class GivenFeaturesTraining:
    """A network on stored features and their derivatives, with Adam."""

    def __init__(self, request, arrays, dtype):
        self.trained = request["trained"]

        def tensors(prefix):
            names = sorted(name for name in arrays.files if name.startswith(prefix))
            return [torch.tensor(arrays[name]).to(dtype) for name in names]

        self.network = network(tensors("weights/"), tensors("biases/"))
        self.optimizer = torch.optim.Adam(self.network.parameters(), fused=True)
        slopes = np.load(request["inputs"] + "/slopes-by-position.npy")
        self.slopes = torch.from_numpy(slopes).to(dtype)
        names = ("features", "energies", "forces")
        self.features, self.energies, self.forces = (torch.tensor(arrays[name]).to(dtype) for name in names)

    def predict(self, chosen, create_graph):
        features = self.features.index_select(0, chosen).flatten(0, 1)
        return energies_and_forces(self.network, features, self.slopes.index_select(0, chosen), create_graph)

    def step(self, chosen, rate):
        chosen = torch.tensor(chosen)
        self.optimizer.param_groups[0]["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        found = self.predict(chosen, True)
        value = loss(found, self.energies.index_select(0, chosen), self.forces.index_select(0, chosen))
        value.backward()
        self.optimizer.step()
        return value.item()

    def errors(self):
        sums = [0.0, 0.0]
        for some in groups(self.trained, len(self.features)):
            energies, forces = self.predict(torch.tensor(some), False)
            sums[0] += (energies.detach() - self.energies[some[0] : some[-1] + 1]).abs().sum().item()
            sums[1] += (forces - self.forces[some[0] : some[-1] + 1]).abs().mean(1).sum().item()
        return [s / (len(self.features) - self.trained) for s in sums]


def peak_bytes():
    """The most memory that the process has held, where Linux tells; else 0."""
    try:
        with open("/proc/self/status") as status:
            return sum(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except OSError:
        return 0


def main():
    torch.set_num_threads(1)
    request = json.load(sys.stdin)
    kind = {"learned-basis": LearnedBasisTraining, "given-features": GivenFeaturesTraining}[request["model"]]
    arrays = np.load(request["inputs"] + "/arrays.npz")
    order, rates = arrays["order"].tolist(), arrays["rates"].tolist()
    validated = set(arrays["validated"].tolist())
    training = kind(request, arrays, torch.float32)
    ready = time.time() - request["started"]
    seconds, losses, points = 0.0, [], []
    for number, (chosen, rate) in enumerate(zip(order, rates), start=1):
        begin = time.perf_counter()
        losses.append(training.step(chosen, rate))
        seconds += time.perf_counter() - begin
        if number in validated:
            energy, forces = training.errors()
            elapsed = time.time() - request["started"]
            points.append({"step": number, "training": seconds, "elapsed": elapsed, "energy": energy, "forces": forces})
    answer = {
        "library": "PyTorch " + torch.__version__.split("+")[0],
        "ready": ready,
        "losses": losses[:FIRST],
        "points": points,
        "cpu": time.process_time(),
        "peakBytes": peak_bytes(),
    }
    exact = kind(request, arrays, torch.float64)
    answer["exactLosses"] = [exact.step(order[k], rates[k]) for k in range(min(FIRST, len(order)))]
    json.dump(answer, sys.stdout)


main()
