"""Measures in PyTorch the calls that it is given, on one thread."""

import sys

try:
    import torch
except ImportError as problem:
    print(problem)
    sys.exit(3)


def require(found, expected, tolerance=1e-8):
    """Whole numbers must be met exactly, others closely."""
    same = found.shape == expected.shape and (
        torch.allclose(found, expected.to(found.dtype), rtol=tolerance, atol=tolerance)
        if expected.is_floating_point()
        else torch.equal(found, expected.to(found.dtype))
    )
    if not same:
        raise ValueError(f"got {found}, expected {expected}")


def overhead(call):
    elements = int(call["elements"])
    x = torch.tensor([k % 5 + 1.0 for k in range(elements)], dtype=torch.float64)
    y = torch.tensor([k % 3 - 7.0 for k in range(elements)], dtype=torch.float64)
    u = x.clone().requires_grad_()
    v = y.clone().requires_grad_()

    def gradient_of_product():
        return torch.autograd.grad((u * y).sum(), u)[0]

    def second_derivative_of_cubes():
        (slope,) = torch.autograd.grad((u**3).sum(), u, create_graph=True)
        return torch.autograd.grad(slope.sum(), u)[0]

    return {
        "add": (lambda: x + y, x + y),
        "addRecorded": (lambda: u + v, x + y),
        "multiply": (lambda: x * y, x * y),
        "multiplyRecorded": (lambda: u * v, x * y),
        "sumOfProduct": (lambda: (u * v).sum(), torch.dot(x, y)),
        "gradientOfProduct": (gradient_of_product, y),
        "secondDerivativeOfCubes": (second_derivative_of_cubes, 6 * x),
    }.get(call["benchmark"])


def gemm(call):
    if call["benchmark"] != "kernel":
        return None
    n = int(call["n"])
    dtype = {"32": torch.float32, "64": torch.float64}[call["bits"]]
    i = torch.arange(n)[:, None]
    j = torch.arange(n)[None, :]
    x = (i + 2 * j) % 7 - 3
    y = (3 * i + j) % 5 - 2
    left, right = x.to(dtype), y.to(dtype)
    left, right = stored(call["form"], left, right)
    out = torch.empty(n, n, dtype=dtype)
    return lambda: torch.mm(left, right, out=out), x @ y


def stored(form, left, right):
    """The same matrices, those that the form names being stored transposed."""
    if form[0] == "T":
        left = left.mT.contiguous().mT
    if form[1] == "T":
        right = right.mT.contiguous().mT
    return left, right


def stacked_products(call):
    sizes, of = call["product"].split(" of ")
    count = int(sizes)
    m, k, n = (int(size) for size in of.split("x"))
    dtype = {"32": torch.float32, "64": torch.float64}[call["bits"]]
    b = torch.arange(count)[:, None, None]
    x = (b + torch.arange(m)[:, None] + 2 * torch.arange(k)[None, :]) % 7 - 3
    y = (b + 3 * torch.arange(k)[:, None] + torch.arange(n)[None, :]) % 5 - 2
    left, right = stored(call["form"], x.to(dtype), y.to(dtype))
    return lambda: torch.bmm(left, right), x @ y


def scattered(rows, columns):
    """Numbers between -0.5 and 0.5 without a pattern."""
    k = torch.arange(1, rows * columns + 1, dtype=torch.float64)
    x = 43758.5453 * torch.sin(12.9898 * k)
    return (x - torch.floor(x) - 0.5).reshape(rows, columns)


def linear_algebra(call):
    operation, shape = call["problem"].split(" ")
    m, n = (int(size) for size in shape.split("x"))
    x = scattered(m, n)
    one = torch.eye(m, dtype=torch.float64)
    unknown = scattered(n, 1)
    if operation == "solve":
        a = x / math.sqrt(n) + 2 * one
        b = a @ unknown
        return lambda: torch.linalg.solve(a, b), unknown
    if operation == "cholesky":
        factor = x.tril(-1) / math.sqrt(n) + 2 * one
        a = factor @ factor.T
        return lambda: torch.linalg.cholesky(a), factor
    if operation == "lstsq":
        b = x @ unknown
        return lambda: torch.linalg.lstsq(x, b, driver="gels").solution, unknown
    if operation == "eigh":
        a = x + x.T
        return lambda: torch.linalg.eigh(a).eigenvalues, torch.linalg.eigvalsh(a)
    return None


def elementwise(call):
    elements = int(call["elements"])
    dtype = {"32": torch.float32, "64": torch.float64}[call["bits"]]
    columns = 100 if elements <= 1000 else 1000
    height, count = elements // columns, elements // 8
    segments = count // 20
    golden = torch.arange(elements, dtype=torch.float64) * 0.6180339887498949
    x64 = 8 * (golden - golden.floor()) - 4

    def scattered(n, bound):
        return ((torch.arange(n) * 2654435761 & 0xFFFFFFFF) * bound) >> 32

    def in_order(n):
        return torch.arange(n) * segments // n

    x, y, positive = x64.to(dtype), (4 - x64).to(dtype), (x64 + 4.001).to(dtype)
    table, rows = positive.reshape(height, columns), positive.reshape(count, 8)
    row, column = table[1].clone(), table[:, 1:2].clone()
    anywhere = scattered(elements, elements)
    any_in_row = scattered(elements, columns).reshape(height, columns)
    any_column, any_row = scattered(columns, columns), scattered(count, count)
    by_row, by_element = in_order(count), in_order(elements)
    unsorted = scattered(count, segments)

    def segment_sum(values, ids):
        return torch.zeros(segments, *values.shape[1:], dtype=dtype).index_add_(0, ids, values)

    def segment_max(values, ids):
        out = torch.full((segments, 8), -math.inf, dtype=dtype)
        return out.index_reduce_(0, ids, values, "amax")

    # What is measured, and the same in float64 from other operations where there are any.
    function, expected = {
        "EXP": (x.exp, x.double().exp()),
        "LOG": (positive.log, positive.double().log()),
        "TANH": (x.tanh, x.double().tanh()),
        "SIGMOID": (x.sigmoid, 1 / (1 + (-x.double()).exp())),
        "SILU": (lambda: torch.nn.functional.silu(x), x.double() / (1 + (-x.double()).exp())),
        "SOFTPLUS": (lambda: torch.nn.functional.softplus(x), x.double().exp().log1p()),
        "ERF": (x.erf, x.double().erf()),
        "SIN": (x.sin, x.double().sin()),
        "COS": (x.cos, x.double().cos()),
        "SQUARE": (x.square, x.double() * x.double()),
        "ADD": (lambda: x + y, x.double() + y.double()),
        "ADD_ROW": (lambda: table + row, table.double() + row.double().expand(height, columns)),
        "MULTIPLY_COLUMN": (lambda: table * column, table.double() * column.double()),
        "SOFTMAX": (lambda: table.softmax(1), table.double().exp() / table.double().exp().sum(1, keepdim=True)),
        "SUM": (positive.sum, positive.double().sum()),
        "SUM_ROWS": (lambda: table.sum(1), table.double().sum(1)),
        "SUM_COLUMNS": (lambda: table.sum(0), table.double().sum(0)),
        "MAX_ROWS": (lambda: table.amax(1), table.double().sort(1).values[:, -1]),
        "MAX_COLUMNS": (lambda: table.amax(0), table.double().sort(0).values[-1]),
        "GATHER": (lambda: x.gather(0, anywhere), x.double()[anywhere]),
        "GATHER_IN_ROWS": (
            lambda: table.gather(1, any_in_row),
            table.double()[torch.arange(height)[:, None], any_in_row],
        ),
        "SELECT_ROWS": (lambda: rows.index_select(0, any_row), rows.double()[any_row]),
        "SELECT_COLUMNS": (lambda: table.index_select(1, any_column), table.double()[:, any_column]),
        "SEGMENT_SUM": (
            lambda: segment_sum(rows, by_row),
            torch.segment_reduce(rows.double(), "sum", lengths=torch.bincount(by_row)),
        ),
        "SEGMENT_SUM_UNSORTED": (
            lambda: segment_sum(rows, unsorted),
            torch.segment_reduce(
                rows.double()[unsorted.argsort(stable=True)], "sum", lengths=torch.bincount(unsorted, minlength=segments)
            ),
        ),
        "SEGMENT_SUM_ELEMENTS": (
            lambda: segment_sum(positive, by_element),
            torch.segment_reduce(positive.double(), "sum", lengths=torch.bincount(by_element)),
        ),
        "SEGMENT_MAX": (
            lambda: segment_max(rows, by_row),
            torch.segment_reduce(rows.double(), "max", lengths=torch.bincount(by_row)),
        ),
    }[call["operation"]]
    return function, expected, {"32": 1e-4, "64": 1e-12}[call["bits"]]


def prepare(request, call):
    prepared = {
        "tensor-overhead": overhead,
        "gemm": gemm,
        "stacked-products": stacked_products,
        "linear-algebra": linear_algebra,
        "elementwise": elementwise,
    }[request["suite"]](call)
    if prepared is None:
        return None
    function, *expectation = prepared
    return function, lambda found: require(found.detach(), *expectation)


torch.set_num_threads(1)
answer("PyTorch " + torch.__version__.split("+")[0], prepare)
