"""Matrices of plain numbers as lists of lines, worked out without sympy: what the second route needs."""

from __future__ import annotations

from typing import Any

Lines = list[list[Any]]
NEGLIGIBLE = 1e-12


def scaled(factor: Any, number: Any) -> Any:
    """A number or a matrix times a number."""
    return [[factor * cell for cell in line] for line in number] if isinstance(number, list) else factor * number


def added(parts: list[Any]) -> Any:
    """The sum of numbers, or of matrices of one size. Raises ValueError for different sizes."""
    if isinstance(parts[0], list):
        return [[sum(cells) for cells in zip(*lines, strict=True)] for lines in zip(*parts, strict=True)]
    return sum(parts)


def multiplied(left: Any, right: Any) -> Any:
    """The product of numbers and matrices. Raises ValueError where the sizes do not fit."""
    if isinstance(left, list) and isinstance(right, list):
        return [
            [sum(a * b for a, b in zip(line, column, strict=True)) for column in zip(*right, strict=True)]
            for line in left
        ]
    return scaled(left, right) if isinstance(right, list) else scaled(right, left)


def power(matrix: Lines, exponent: int) -> Lines:
    """A whole power; a negative one of the inverse."""
    size = len(matrix)
    found: Any = [[float(i == j) for j in range(size)] for i in range(size)]
    base = matrix if exponent >= 0 else inverse(matrix)
    for _ in range(abs(exponent)):
        found = multiplied(found, base)
    return list(found)


def determinant(matrix: Lines) -> Any:
    """By elimination with the largest pivot."""
    rows = [list(line) for line in matrix]
    found: Any = 1
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda line: abs(rows[line][column]))
        if rows[pivot][column] == 0:
            return 0
        if pivot != column:
            rows[pivot], rows[column], found = rows[column], rows[pivot], -found
        found *= rows[column][column]
        for line in range(column + 1, len(rows)):
            factor = rows[line][column] / rows[column][column]
            rows[line] = [a - factor * b for a, b in zip(rows[line], rows[column], strict=True)]
    return found


def inverse(matrix: Lines) -> Lines:
    """By cofactors over the determinant."""
    whole = determinant(matrix)
    size = range(len(matrix))
    minors = [[[[matrix[a][b] for b in size if b != j] for a in size if a != i] for j in size] for i in size]
    return [[(-1) ** (i + j) * determinant(minors[j][i]) / whole for j in size] for i in size]


def reduced(matrix: Lines) -> Lines:
    """The reduced echelon form, by elimination with the largest pivot; what is negligible counts as zero."""
    rows = [list(line) for line in matrix]
    done = 0
    for column in range(len(rows[0])):
        if done == len(rows):
            break
        pivot = max(range(done, len(rows)), key=lambda line: abs(rows[line][column]))
        if abs(rows[pivot][column]) < NEGLIGIBLE:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        head = rows[done][column]
        rows[done] = [cell / head for cell in rows[done]]
        for line in range(len(rows)):
            if line != done:
                factor = rows[line][column]
                rows[line] = [a - factor * b for a, b in zip(rows[line], rows[done], strict=True)]
        done += 1
    return rows


def rank(matrix: Lines) -> int:
    return sum(any(abs(cell) > NEGLIGIBLE for cell in line) for line in reduced(matrix))
