"""The linear model: from flipper, species and sex to a mass."""

TERMS = ["adelie_200mm", "flipper_mm", "chinstrap", "gentoo", "male"]


def terms(row):
    """What the coefficients are multiplied with; the flipper counts from 200 mm."""
    species = row["species"]
    return [
        1.0,
        row["flipper_length_mm"] - 200,
        float(species == "Chinstrap"),
        float(species == "Gentoo"),
        float(row["sex"] == "male"),
    ]


def solve(points, targets):
    """Coefficients with the least squared error, from the normal equations."""
    size = range(len(points[0]))
    table = [[sum(p[i] * p[j] for p in points) for j in size] for i in size]
    for i in size:
        table[i].append(sum(p[i] * t for p, t in zip(points, targets)))
    return eliminate(table)


def eliminate(table):
    """Solution of a linear system, largest pivot first (Gauss-Jordan)."""
    for i in range(len(table)):
        pivot = max(range(i, len(table)), key=lambda row: abs(table[row][i]))
        table[i], table[pivot] = table[pivot], table[i]
        table[i] = [value / table[i][i] for value in table[i]]
        for k, row in enumerate(table):
            if k != i:
                table[k] = [a - row[i] * b for a, b in zip(row, table[i])]
    return [row[-1] for row in table]
