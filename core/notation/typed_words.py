"""The words and signs of typed maths, and what they are in LaTeX."""

from __future__ import annotations

from core.notation.letters import GREEK
from core.notation.lexer import FUNCTION_NAMES, OTHER_NAMES

RAISED_SIGNS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣⁱ", "0123456789+-()nxi", strict=True))
LOWERED_SIGNS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₐₓₖ", "0123456789+-()naxk", strict=True))
FRACTION_SIGNS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip

NO_FUNCTIONS = {"lim", "inf", "sup", "deg", "arg", "mod", "ker", "dim", "tr"}
FUNCTIONS: dict[str, str] = {
    **{name: "\\" + name for name in FUNCTION_NAMES - NO_FUNCTIONS},
    **{other: "\\" + name for other, name in OTHER_NAMES.items()},
    **{other: "\\" + name for other, name in (("asinh", "arcsinh"), ("acosh", "arccosh"), ("atanh", "arctanh"))},
    "sine": "\\sin", "cosine": "\\cos", "tangent": "\\tan",
    **dict.fromkeys(("hcf", "gcf", "mdc", "mcd"), "\\gcd"), **dict.fromkeys(("mmc", "mcm"), "\\lcm"),
}  # fmt: skip
ROOTS = {"sqrt": "", "cbrt": "[ 3 ] ", "fourthroot": "[ 4 ] ", "fifthroot": "[ 5 ] ", "sixthroot": "[ 6 ] "}
INDEXED_ROOT = "root"
ROOT_SIGNS = {"³√": "cbrt", "⁴√": "fourthroot", "⁵√": "fifthroot", "⁶√": "sixthroot", "∛": "cbrt", "∜": "fourthroot"}
BIG_UNICODE_SIGNS = {"∫": "int", "∑": "sum", "∏": "prod"}
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
    "or": "\\mathrm { o r }",
    "in": "\\in",
    "deg": "^ { \\circ }",
    "degrees": "^ { \\circ }",
}
VERBS = frozenset(
    "solve factor factorise factorize expand simplify for eigenvalues eigenvectors rref trace decimal".split()
)
TEXT_WORDS = {
    **{name: name for name in ("mean", "average", "median", "mode", "variance", "round", "rank")},
    "stdev": "standard deviation", "stddev": "standard deviation",
}  # fmt: skip
AMBIGUOUS_UNITS = frozenset({"in", "min", "bar", "ha", "mi", "day", "second"})
_NO_PRODUCTS = """
    is if as by to of on be we it my me an do so no up us he go the let get how why who can you are has was not but its
    out use per all any new old one two six ten put say see try de da el la en un es si os um ao na se que con por los
    las una der die das ist und le les est et il du
    """
NO_PRODUCTS = frozenset(_NO_PRODUCTS.split())
_PHRASE_WORDS = """
    derivative differentiate integral integrate antiderivative limit product inverse transpose determinant rank convert
    fraction decimal percentage roots zeros solve squared cubed square cube root times divided plus minus equals between
    simplify expand factor factorise factorize mean median average variance partial taylor series evaluate calculate
    infinity choose degrees percent
    """
KNOWN_WORDS: tuple[str, ...] = tuple(
    sorted({name for name in (*FUNCTIONS, *ROOTS, *BRACKETS, *_PHRASE_WORDS.split()) if len(name) > 2})
)
GREEK_WORDS = {name: "\\" + name for name in GREEK - {"pi", "xi", "mu", "Xi"}}

OPERATORS: dict[str, str] = {
    "<=": "\\leq", ">=": "\\geq", "!=": "\\neq", "=>": "\\Rightarrow", "->": "\\rightarrow", "==": "=", "+-": "\\pm",
    "+/-": "\\pm", "*": "\\times", "~": "\\approx", "...": "\\ldots",
}  # fmt: skip
