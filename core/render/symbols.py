"""What each LaTeX token looks like: the tables of the Typst printer.

Characters are Unicode's mathematical ones, so that Typst knows how each is spaced; ASCII punctuation is escaped by the
printer. A token in none of these tables is a single letter or digit, structure, or unknown.
"""

from __future__ import annotations


def tokens(names: str) -> frozenset[str]:
    """The set of space-separated `names`."""
    return frozenset(names.split())


CHARACTERS: dict[str, str] = {
    **{char: char for char in "!(),./<=>[];:?+"},
    **{"-": "−", "*": "∗", "'": "′", "|": "|", "\\|": "‖", "\\{": "{", "\\}": "}", "\\%": "%", "%": "%", "&": "&"},
    **{"\\$": "$", "\\#": "#", "\\_": "_", "$": "$", "#": "#", "@": "@", '"': '"', "~": "~"},
    **{"×": "×", "÷": "÷", "·": "·", "−": "−", "±": "±", "≤": "≤", "≥": "≥", "≠": "≠", "≈": "≈", "∞": "∞", "→": "→"},
    **{"°": "°", "π": "π", "√": "√", "∈": "∈", "∪": "∪", "∩": "∩", "∅": "∅"},
    # Greek
    **{"\\alpha": "α", "\\beta": "β", "\\gamma": "γ", "\\delta": "δ", "\\epsilon": "ϵ", "\\varepsilon": "ε"},
    **{"\\zeta": "ζ", "\\eta": "η", "\\theta": "θ", "\\vartheta": "ϑ", "\\iota": "ι", "\\kappa": "κ"},
    **{"\\lambda": "λ", "\\mu": "μ", "\\nu": "ν", "\\xi": "ξ", "\\pi": "π", "\\rho": "ρ", "\\sigma": "σ"},
    **{"\\tau": "τ", "\\upsilon": "υ", "\\phi": "ϕ", "\\varphi": "φ", "\\chi": "χ", "\\psi": "ψ", "\\omega": "ω"},
    **{"\\Gamma": "Γ", "\\Delta": "Δ", "\\Theta": "Θ", "\\Lambda": "Λ", "\\Xi": "Ξ", "\\Pi": "Π", "\\Sigma": "Σ"},
    **{"\\Upsilon": "Υ", "\\Phi": "Φ", "\\Psi": "Ψ", "\\Omega": "Ω", "\\ell": "ℓ"},
    # operations
    **{"\\cdot": "⋅", "\\times": "×", "\\div": "÷", "\\pm": "±", "\\mp": "∓", "\\ast": "∗", "\\circ": "∘"},
    **{"\\cup": "∪", "\\cap": "∩", "\\setminus": "∖", "\\wedge": "∧", "\\vee": "∨", "\\land": "∧", "\\lor": "∨"},
    **{"\\int": "∫", "\\iint": "∬", "\\iiint": "∭", "\\oint": "∮", "\\sum": "∑", "\\prod": "∏"},
    **{"\\bigcup": "⋃", "\\bigcap": "⋂", "\\partial": "∂", "\\nabla": "∇", "\\neg": "¬", "\\lnot": "¬"},
    # relations and arrows
    **{"\\leq": "≤", "\\le": "≤", "\\geq": "≥", "\\ge": "≥", "\\neq": "≠", "\\ne": "≠", "\\lt": "<", "\\gt": ">"},
    **{"\\approx": "≈", "\\equiv": "≡", "\\sim": "∼", "\\propto": "∝", "\\ll": "≪", "\\gg": "≫", "\\cong": "≅"},
    **{"\\in": "∈", "\\notin": "∉", "\\subset": "⊂", "\\subseteq": "⊆", "\\supset": "⊃", "\\supseteq": "⊇"},
    **{"\\rightarrow": "→", "\\to": "→", "\\leftarrow": "←", "\\leftrightarrow": "↔", "\\mapsto": "↦"},
    **{"\\Rightarrow": "⇒", "\\implies": "⇒", "\\Leftarrow": "⇐", "\\Leftrightarrow": "⇔", "\\iff": "⇔"},
    **{"\\perp": "⟂", "\\parallel": "∥", "\\mid": "∣", "\\therefore": "∴", "\\because": "∵"},
    # brackets
    **{"\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉", "\\langle": "⟨", "\\rangle": "⟩"},
    **{"\\lbrace": "{", "\\rbrace": "}", "\\lvert": "|", "\\rvert": "|", "\\vert": "|", "\\Vert": "‖"},
    # the rest
    **{"\\infty": "∞", "\\exists": "∃", "\\forall": "∀", "\\emptyset": "∅", "\\prime": "′", "\\degree": "°"},
    **{"\\nexists": "∄"},
    **{"\\ldots": "…", "\\dots": "…", "\\cdots": "⋯", "\\vdots": "⋮", "\\ddots": "⋱"},
    **{"\\mathbb{R}": "ℝ", "\\mathbb{C}": "ℂ", "\\mathbb{Z}": "ℤ", "\\mathbb{N}": "ℕ", "\\mathbb{Q}": "ℚ"},
}

# Unicode calls these operators; in school they are the first half of a name, "△ABC", and take no space.
PLAIN_CHARACTERS: dict[str, str] = {"\\triangle": "△", "\\angle": "∠"}

FUNCTIONS: frozenset[str] = tokens(
    r"\sin \cos \tan \cot \sec \csc \arcsin \arccos \arctan \arccot \arcsec \arccsc \sinh \cosh \tanh \coth \sech"
    r" \csch \arsinh \arcosh \artanh \log \ln \lg \exp \lim \det \gcd \lcm \max \min \sup \inf \arg \deg \dim \ker"
    r" \Re \Im \sgn \mod \rank \tr"
)
LIMIT_FUNCTIONS: frozenset[str] = tokens(r"\lim \max \min \sup \inf \gcd \det")
INTEGRALS: frozenset[str] = tokens(r"\int \iint \iiint \oint")
DEGREES: frozenset[str] = tokens(r"\circ \degree °")

RELATIONS: frozenset[str] = tokens(
    r"= < > \leq \le \geq \ge \neq \ne \approx \equiv \sim \propto \in \rightarrow \to \Rightarrow \implies"
    r" \Leftrightarrow \iff \therefore \because"
)
OPERATIONS: frozenset[str] = tokens(r"+ - \pm \mp \times \cdot \div \cup \cap \setminus \wedge \vee \land \lor")
OPENERS: frozenset[str] = tokens(r"( [ \{ \lfloor \lceil |")
COMMAS: frozenset[str] = tokens(", ;")

ACCENTS: dict[str, str] = {
    "\\overline": "overline",
    "\\underline": "underline",
    "\\vec": "arrow",
    "\\overrightarrow": "arrow",
    "\\hat": "hat",
    "\\widehat": "hat",
    "\\bar": "macron",
    "\\dot": "dot",
    "\\ddot": "dot.double",
    "\\tilde": "tilde",
    "\\widetilde": "tilde",
}

SPACES: dict[str, str] = {
    "\\,": "thin",
    "\\:": "med",
    "\\;": "thick",
    "\\ ": "thick",
    "\\quad": "quad",
    "\\qquad": "wide",
    "\\\\": "quad",
    "\\!": "zws",
}
