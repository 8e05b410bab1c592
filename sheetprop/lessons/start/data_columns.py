"""Which columns of the sheet Data hold what pictures need; its first three are the chosen step."""

TEXT, X, Y = 5, 6, 7
"""Points with a label: the label and where it stands."""

LISTS = 9
"""What can be chosen on Start, a column for each list: phases, labels, paths."""

ANSWERS = 12
"""What can be answered on Predict."""

FACTS, FACT_VALUES = 13, 14
"""What the picture shows in all: which phase, weights or gradients, and the largest of each."""

NEURONS = 16
"""Neurons: what each is filled by, and a place in each shade."""

LINES = 32
"""Connections: what each shows, and the ends of its lines, which have no length but one."""

SLOPE = 70
"""Names and points of the pictures on Slope."""

HEAD, FIRST = 3, 4
"""The rows of heads and of the first entry."""
