"""The words and signs of typed maths, and what they are in LaTeX."""

from __future__ import annotations

from core.notation.letters import GREEK
from core.notation.lexer import FUNCTION_NAMES, OTHER_NAMES

RAISED_SIGNS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣ", "0123456789+-()nx", strict=True))
LOWERED_SIGNS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
FRACTION_SIGNS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip

NO_FUNCTIONS = {"lim", "inf", "sup", "deg", "arg", "mod", "ker", "dim", "tr", "rank"}
FUNCTIONS: dict[str, str] = {
    **{name: "\\" + name for name in FUNCTION_NAMES - NO_FUNCTIONS},
    **{other: "\\" + name for other, name in OTHER_NAMES.items()},
    **{other: "\\" + name for other, name in (("asinh", "arcsinh"), ("acosh", "arccosh"), ("atanh", "arctanh"))},
}  # fmt: skip
ROOTS = {"sqrt": "", "cbrt": "[ 3 ] "}
BRACKETS = {
    "abs": ("|", "|"),
    "floor": ("\\lfloor", "\\rfloor"),
    "ceil": ("\\lceil", "\\rceil"),
    "ceiling": ("\\lceil", "\\rceil"),
}
CHOOSING = frozenset({"binomial", "choose", "ncr", "nCr", "binom"})
BIG_SIGNS = {"int": "\\int", "integral": "\\int", "sum": "\\sum", "prod": "\\prod", "product": "\\prod", "lim": "\\lim"}
CONSTANTS = {"pi": "\\pi", "inf": "\\infty", "infinity": "\\infty", "oo": "\\infty"}
OPERATOR_WORDS = {
    "mod": "\\mod",
    "of": "\\times",
    "and": ",",
    "or": ",",
    "in": "\\in",
    "deg": "^ { \\circ }",
    "degrees": "^ { \\circ }",
}
VERBS = frozenset({"solve", "factor", "factorise", "factorize", "expand", "simplify", "for"})
GREEK_WORDS = {name: "\\" + name for name in GREEK - {"pi", "xi", "mu", "Xi"}}

OPERATORS: dict[str, str] = {
    "<=": "\\leq", ">=": "\\geq", "!=": "\\neq", "=>": "\\Rightarrow", "->": "\\rightarrow", "==": "=", "+-": "\\pm",
    "+/-": "\\pm", "*": "\\times", "~": "\\approx", "...": "\\ldots",
}  # fmt: skip
