"""EIS with the pair as its anchor, alpha 3: seconds by Grams, and as the authors do by four SVDs."""
import sys
import time

import numpy as np

n, d, rounds, svds = (int(word) for word in sys.argv[1:5])
random = np.random.default_rng(1)
x = random.standard_normal((n, d))
y = x + 0.5 * random.standard_normal((n, d))


def grams():
    xx, yy, xy = x.T @ x, y.T @ y, x.T @ y
    a, v = np.linalg.eigh(xx)
    b, w = np.linalg.eigh(yy)
    c = (v.T @ xy @ w) ** 2 / np.outer(a, b)
    s, t = (a / max(a[-1], b[-1])) ** 3, (b / max(a[-1], b[-1])) ** 3
    return (s @ (1 - c.sum(1)) + t @ (1 - c.sum(0))) / (s.sum() + t.sum())


def decompositions():
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    v, t, _ = np.linalg.svd(y, full_matrices=False)
    p, r, _ = np.linalg.svd(x, full_matrices=False)
    q, o, _ = np.linalg.svd(y, full_matrices=False)
    total, missed = 0.0, 0.0
    for base, values in ((p, r), (q, o)):
        weights = (values / max(r[0], o[0])) ** 3
        a, b = (u.T @ base) * weights, (v.T @ base) * weights
        missed += (a * a).sum() + (b * b).sum() - 2 * ((v.T @ u) @ a * b).sum()
        total += (weights * weights).sum()
    return missed / total


def seconds(task):
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


print(min(seconds(grams) for _ in range(rounds)), flush=True)
print(seconds(decompositions) if svds else "-", flush=True)
