"""The words that typed maths is asked in: what they are in signs, one row each.

`NATIVE` says Portuguese and Spanish in English; `SIGNS` are words that stand for a sign anywhere; `TEMPLATES` are whole
sentences, with named pieces that are filled in.
"""

from __future__ import annotations

import re

NATIVE: tuple[tuple[str, str], ...] = (
    (r"\b(?:resolva|resolver|resuelve|resuelva|resolve)\b", "solve"),
    (r"\b(?:fatore|fatorar|factoriza|factorice|factorizar)\b", "factor"),
    (r"\b(?:simplifique|simplificar|simplifica)\b", "simplify"),
    (r"\b(?:expanda|expandir|desarrolla|desarrolle|desenvolva)\b", "expand"),
    (r"\b(?:calcule|calcular|calcula|halla|encuentra|encontre|quanto é|cuánto es|cuanto es)\b", "calculate"),
    (r"\b(?:derivada (?:de|da|do)|derive|deriva)\b", "derivative of"),
    (r"\b(?:integral (?:de|da|do)|integre|integra|integrar)\b", "integral of"),
    (r"\b(?:l[ií]mite (?:de|da|do))\b", "limit of"),
    (r"\b(?:soma|suma) (?:de|da|do)\b", "sum of"),
    (r"\b(?:m[eé]dia) (?:de|da|do)\b", "mean of"),
    (r"\b(?:ra[ií]z quadrada|ra[ií]z cuadrada) (?:de|da|do)\b", "square root of"),
    (r"\b(?:quando|cuando)\b", "as"),
    (r"\b(?:tende a|tiende a)\b", "approaches"),
    (r"\b(?:mais|más)\b", "plus"),
    (r"\bmenos\b", "minus"),
    (r"\b(?:é )?igual a\b", "equals"),
    (r"\bde (\S+) (?:a|até|hasta) (\S+)$", r"from \1 to \2"),
)

OPENING = re.compile(
    r"^(?:please|what is|what's|whats|what are|calculate|compute|evaluate|find|work out|determine|the|value of|can you|"
    r"hey|hi|is|does|show that|solve (?:the )?(?:following|equation|system|inequality)(?: equations?)?|plot|graph|draw|"
    r"sketch)\b[\s:,]*",
    re.I,
)
CLOSING = re.compile(r"[\s,]*(?:please|thanks|thank you)?\s*[?.!]?$", re.I)

SIGNS: tuple[tuple[str, str], ...] = (
    (r"\bsquare root of\b", "sqrt "),
    (r"\bcube root of\b", "cbrt "),
    (r"\bto the power(?: of)?\b", "^"),
    (r"\bsquared\b", "^2"),
    (r"\bcubed\b", "^3"),
    (r"\bdivided by\b", "÷"),
    (r"\bmultiplied by\b", "×"),
    (r"\btimes\b", "×"),
    (r"\bplus\b", "+"),
    (r"\bminus\b", "-"),
    (r"\bequals\b|\bis equal to\b", "="),
    (r"\bis less than\b", "<"),
    (r"\bis (?:greater|more) than\b", ">"),
    (r"\bpercent\b", "%"),
    (r"\bfactorial\b", "!"),
    (r"\bhalf of\b", "1/2 ×"),
    (r"\b(?:twice|double)\b", "2 ×"),
    (r"\blog base (\w+) of\b", r"log_\1 "),
    (r"\bmetres? per second\b|\bmeters? per second\b", "m/s"),
    (r"\bper\b", "/"),
)

_LIST = r"(?P<a>.+?)\s+and\s+(?P<b>.+)"
_MATRIX = r"(?:the )?(?P<a>[\[(].+)"

TEMPLATES: tuple[tuple[str, str], ...] = (
    # a problem, and what is asked of it
    (r"solve\s*\((?P<a>[^()]*(?:\([^()]*\)[^()]*)*),\s*(?P<letter>[a-z])\s*\)", "solve {a} for {letter}"),
    (r"(?:diff|differentiate|derivative)\s*\((?P<a>.+),\s*(?P<letter>[a-z])\s*\)", "d/d{letter} ({a})"),
    (
        r"(?:int|integrate|integral)\s*\((?P<a>.+),\s*\((?P<letter>[a-z])\s*,(?P<b>[^,]+),(?P<c>[^,]+)\)\s*\)",
        "int_({b})^({c}) ({a}) d{letter}",
    ),
    (r"(?:int|integrate|integral)\s*\((?P<a>.+),\s*(?P<letter>[a-z])\s*\)", "int ({a}) d{letter}"),
    (r"limit\s*\((?P<a>.+),\s*(?P<letter>[a-z])\s*,(?P<b>[^,]+)\)", "lim_({letter}->{b}) ({a})"),
    (r"(?P<a>.+?)[,;.]?\s+(?:and |then )?(?:solve for|find|what is) (?P<letter>[a-z])", "solve {a} for {letter}"),
    (r"(?P<a>.+?=.+?),\s*(?P<letter>[a-z])\s*=", "solve {a} for {letter}"),
    (r"solve for (?P<letter>[a-z])\b[:,]?\s*(?:in|if|when)?\s+(?P<a>.+)", "solve {a} for {letter}"),
    (r"(?:make|express) (?P<letter>[a-z]) (?:the )?subject (?:of|in) (?P<a>.+)", "solve {a} for {letter}"),
    (r"solve (?P<a>.+) for (?P<letter>[a-z])", "solve {a} for {letter}"),
    (r"solve\s*\(?(?P<a>(?=.*(?<![a-z])[a-z](?![a-z]))[^=<>≤≥≠]+?)\)?", "solve {a} = 0"),
    (r"solve\s+(?P<a>.+)", "solve {a}"),
    (
        r"(?:if|given|let)\s+(?P<a>[^,;]+=[^,;]+?)\s*[,;]?\s+(?:what is|find|calculate|then|evaluate)\s+(?P<b>.+)",
        "{a}, {b}",
    ),
    (r"if\s+(?P<a>[^,;]+=[^,;]+?)\s*[,;]\s*(?P<b>.+)", "{a}, {b}"),
    (r"(?P<b>.+?)\s+(?:if|when|where|given(?: that)?)\s+(?P<a>\S+\s*=.+)", "{a}, {b}"),
    (r"(?P<a>.+=.+?)[,;]?\s+(?:find|what is|calculate|evaluate)\s+(?P<b>.+)", "{a}, {b}"),
    (r"(?P<a>(?:(?!derivative|taylor|differentiate|maclaurin).)+) at (?P<b>[a-z]\s*=\s*\S+)", "{a}, {b}"),
    (r"(?:roots|zeros|zeroes|solutions) of (?P<a>[^=]+=.+)", "solve {a}"),
    (r"(?:roots|zeros|zeroes|solutions) of (?P<a>[^=]+)", "solve {a} = 0"),
    # numbers
    (r"prime (?:factors|factorization|factorisation|decomposition) of (?P<a>\d+)", "factor {a}"),
    (r"(?P<a>\d+) (?:a )?prime(?: number)?", "factor {a}"),
    (r"(?:convert |turn |write |change )?0?\.(?P<a>\d)\s+(?:to|as|into|in) (?:a )?fractions?", "({a})/(10)"),
    (r"(?:convert |turn |write |change )?0?\.(?P<a>\d\d)\s+(?:to|as|into|in) (?:a )?fractions?", "({a})/(100)"),
    (r"(?:convert |turn |write |change )?0?\.(?P<a>\d\d\d)\s+(?:to|as|into|in) (?:a )?fractions?", "({a})/(1000)"),
    (r"(?:convert |turn |write |change )?(?P<a>.+?)\s+(?:to|as|into|in) (?:a )?fractions?", "{a}"),
    (r"(?:convert |turn |write |change )?(?P<a>.+?)\s+(?:to|as|into|in) (?:a )?decimals?", "decimal {a}"),
    (r"(?:convert |turn |write |change )?(?P<a>.+?)\s+(?:to|as|into|in) (?:a )?(?:percent(?:age)?s?|%)", "{a} = x %"),
    (r"convert (?P<a>.+)", "{a}"),
    (rf"sum of {_LIST}(?<!infinity)", "{a} + {b}"),
    (rf"product of {_LIST}", "({a}) × ({b})"),
    (rf"difference (?:of|between) {_LIST}", "{a} - ({b})"),
    (rf"quotient of {_LIST}", "({a}) ÷ ({b})"),
    (r"(?P<f>gcd|hcf|gcf|mdc|mcd) (?:of|de) (?P<a>.+?),? (?:and|e|y) (?P<b>.+)", "gcd({a}, {b})"),
    (r"(?P<f>lcm|mmc|mcm) (?:of|de) (?P<a>.+?),? (?:and|e|y) (?P<b>.+)", "lcm({a}, {b})"),
    (r"(?:greatest common (?:divisor|factor)|highest common factor) of (?P<a>.+?),? and (?P<b>.+)", "gcd({a}, {b})"),
    (r"(?:least|lowest) common multiple of (?P<a>.+?),? and (?P<b>.+)", "lcm({a}, {b})"),
    (r"(?:mean|average) of (?P<a>.+?),? and (?P<b>.+)", "mean({a}, {b})"),
    (r"(?:mean|average) of (?P<a>.+)", "mean({a})"),
    (r"median of (?P<a>.+?),? and (?P<b>.+)", "median({a}, {b})"),
    (r"median of (?P<a>.+)", "median({a})"),
    (r"mode of (?P<a>.+?),? and (?P<b>.+)", "mode({a}, {b})"),
    (r"mode of (?P<a>.+)", "mode({a})"),
    (r"re\((?P<a>.+)\)|real part of (?P<b>.+)", "#Re#({a}{b})"),
    (r"im\((?P<a>.+)\)|imaginary part of (?P<b>.+)", "#Im#({a}{b})"),
    (r"arg\((?P<a>.+)\)|argument of (?P<b>.+)", "#Arg#({a}{b})"),
    (r"conj(?:ugate)?\((?P<a>.+)\)|(?:complex )?conjugate of (?P<b>.+)", "#Conj#({a}{b})"),
    (r"variance of (?P<a>.+)", "variance({a})"),
    (r"standard deviation of (?P<a>.+)", "stdev({a})"),
    (r"(?P<n>\d+)(?:st|nd|rd|th) root of (?P<a>.+)", "root({n}, {a})"),
    # matrices and vectors
    (rf"(?:det|determinant) (?:of )?{_MATRIX}", "det {a}"),
    (rf"(?P<f>eigenvalues|eigenvectors|rref|trace) (?:of )?{_MATRIX}", "{f} {a}"),
    (rf"inverse (?:of )?{_MATRIX}", "{a}^(-1)"),
    (rf"transpose (?:of )?{_MATRIX}", "{a}^T"),
    (rf"rank (?:of )?{_MATRIX}", "rank({a})"),
    (r"(?:dot|scalar|inner) product of (?P<a>.+) and (?P<b>.+)", "{a} · {b}"),
    (r"(?:cross|vector) product of (?P<a>.+) and (?P<b>.+)", "{a} * {b}"),
    (r"(?:magnitude|length|norm|modulus) of (?P<a>.+)", "|{a}|"),
)
